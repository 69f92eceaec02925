from django.urls import path

from precedent.web.people import profile, stop, views

urlpatterns = [
    path("account/people", views.people, name="people"),
    path("account/people/invite", views.invite, name="invite"),
    path("account/people/<int:number>", views.person, name="person"),
    path("account/profile", profile.profile, name="profile"),
    path("account/mail/<str:signed>", stop.stop_mail, name="stop-mail"),
]
