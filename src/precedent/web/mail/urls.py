from django.urls import path

from precedent.web.mail import views

urlpatterns = [path("mail", views.mails, name="mail")]
