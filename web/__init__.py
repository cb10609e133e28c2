"""The review room: instructors triage, jurors judge with the evidence before their eyes, auditors check.

`uvicorn web.application:create --factory` serves it (`reperes serve` does so). Nothing here runs a model: uploads
become intakes of the store, which the worker picks up.
"""
