location.replace(location.href);
