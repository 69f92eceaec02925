"""What every room stands on: acting, refusals, languages, text. It knows nothing of the rest."""
