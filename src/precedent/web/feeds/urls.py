from django.urls import path

from precedent.web.feeds import views

urlpatterns = [path("feeds/calls.atom", views.calls, name="calls-feed")]
