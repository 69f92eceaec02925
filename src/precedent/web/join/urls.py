from django.urls import path

from precedent.web.join import views

urlpatterns = [
    path("account/ask", views.ask, name="ask"),
    path("join/<str:token>", views.join, name="join"),
]
