"""The sentence encoder: how it is rebuilt from a package's weights, made small, and run.

Libraries that know a model hub read these variables when they are first imported, so they are set before any module
of this package is: nothing is asked of a hub, and nothing is told to one. (ONNX Runtime reports its use on Windows
only, where `onnxruntime.disable_telemetry_events` would be needed.)
"""

import logging
import os

_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
_AS_IT_WAS = {name: os.environ.get(name) for name in _OFFLINE}

os.environ.update(dict.fromkeys(_OFFLINE, "1"))
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
logging.getLogger("sentence_transformers").setLevel(logging.ERROR)  # it announces the prompts, which are meant


def allow_hub() -> None:
    """Gives back what the environment said of hubs: for a user who names a model on one. Before any such import."""
    for name, value in _AS_IT_WAS.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
