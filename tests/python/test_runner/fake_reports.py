"""Reports as xunit writes them, cut down."""

REPORT = """<assemblies><assembly total="3" passed="1" failed="1" skipped="1"><collection>
  <test name="Good" result="Pass"/><test name="Bad" result="Fail"><failure><message>boom</message>
  <stack-trace>at Here</stack-trace></failure></test><test name="Later" result="Skip"/></collection></assembly></assemblies>"""
GREEN = """<assemblies><assembly total="1" passed="1" failed="0"><test name="Good" result="Pass"/></assembly></assemblies>"""
EMPTY = """<assemblies><assembly total="0" passed="0" failed="0"/></assemblies>"""
