"""How gunicorn runs the site; see docs/adr/0003-gunicorn.md."""

import os


preload_app = True
worker_class = "gthread"
workers = int(os.environ.get("WORKERS", "2"))
threads = int(os.environ.get("THREADS", "4"))
timeout = 30
graceful_timeout = 10
keepalive = 15
# Heartbeat files in memory where there is such a folder: a slow disk looks like a hang.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
# Addresses of pages may hold what a reader searched for: no access log by default.
accesslog = os.environ.get("ACCESS_LOG") or None
loglevel = "warning"
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
control_socket_disable = True
