"""A workflow as a picture (SVG) and as BPMN 2.0: from the definition alone, text in and text out."""
