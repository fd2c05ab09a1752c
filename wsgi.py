"""The entry for WSGI servers and the `flask` command: `gunicorn wsgi:app`."""

import sys

from config import load_settings_of_command
from congress.app import bind_migrations, create_app
from congress.mail_routes import WrongSetting

try:
    app = create_app(load_settings_of_command())
except WrongSetting as wrong:
    sys.exit(str(wrong))  # one sentence, not a traceback, for whoever starts it
bind_migrations(app)  # for `flask db`
