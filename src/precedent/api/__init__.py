"""The read API: resources, schemas, problem details. The same request and the same engine as the pages."""
