"""gunicorn's settings for every installation: threads for slow clients, no log of addresses, no trust in strangers.

The command line adds only where to bind. `WEB_CONCURRENCY` is gunicorn's own variable for the number of processes.
"""

from hrdplatform.conf import configuration
from hrdplatform.web.logs import description

worker_class = "hrdplatform.web.patience.PatientWorker"
threads = 8
timeout = 120  # a thread that stands still, not a slow upload: gthread's workers report while they wait
graceful_timeout = 60  # an upload in flight is finished when the server is told to stop
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 4_094
limit_request_fields = 60
limit_request_field_size = 8_190

# Forwarding headers of strangers are dropped again in `hrdplatform.web.addresses`; here gunicorn itself learns https.
forwarded_allow_ips = ",".join(word for word in configuration.trusted_proxies if word != "unix")
secure_scheme_headers = {"X-FORWARDED-PROTO": "https"}
forwarder_headers = ""
header_map = "drop"

accesslog = None
disable_redirect_access_to_syslog = True
logconfig_dict = description()
