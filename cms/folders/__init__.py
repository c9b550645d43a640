"""Courses and guides as folders of Markdown and YAML: the format of docs/editor/course-folder.md, read and written.

Nothing here knows a page: a folder becomes a sheet or a list of findings, a sheet becomes files. `cms.domain.folders`
lays sheets down as pages and lifts pages into sheets.
"""
