const response = await fetch("/console/session");
if (response.status === 401) {
  location.replace("/console/sign-in?next=" + encodeURIComponent(location.pathname));
} else {
  const session = await response.json();
  document.getElementById("who").textContent = session.subject + " · " + session.tenant;
}
