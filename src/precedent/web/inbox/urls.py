from django.urls import path

from precedent.web.inbox import views

urlpatterns = [
    path("account/inbox", views.inbox, name="inbox"),
    path("account/inbox/read", views.read, name="inbox-read"),
]
