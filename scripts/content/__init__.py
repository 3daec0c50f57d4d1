"""docs/ as data: pages, registers, prose. Depends on no code that renders them.

content     docs/ as a whole, read once: pages, registers, what could not be read
project     settings and content of a site: every command begins with Project.load
read        reads the files of docs/, and those of a municipality's folder, into records
merge       two YAML files merged as records: national rows, and a municipality's
supplements a municipality's own lines on a national page
new_folder  the first files of a municipality's folder
settings_files  mkdocs.yml as plain data, and the national one that it inherits
files       the files of docs/: which may be there
config      mkdocs.yml, read once, and the checks of what is ours in it
page        a page: front matter, body, citations, macros
yaml_file   a file of text or YAML: every value knows its line
fields      what a record is, and what the annotations of its fields say
validation  checks a value from a file against its type
field_types the kinds of fields that registers share, and the words an editor may choose among
records     the registers: a type for each file
front_matter  the front matter of a page, as a type
handouts    handouts and slides: the sections of pages that each is made of
schema      JSON Schema and a table of all fields, from the records' types
sources     sources, statutes with sections, changes of the law
contacts    contacts, counties, regions
guide       the guide's questions, outcomes, and the paths between them
figures     the figures' types, and their validation
dates       the date help's fields, and the days computed from them
card        the card to the person: its languages, and which are published
facts       facts and telephone numbers whose words are inserted in texts
used_sources  the sources that a page cites, itself or through its macros
procedure   the steps of pages
situations  the questions before the steps of pages
shown_steps  steps and situations inserted in checklists and the guide
rules       the rules of law: sections of pages
generated_pages  pages of statutes and of the guide, without a file of their own
visible     the content without hidden pages
markdown    citations, macros, headings, sections; text without its code
prose       the text of pages and registers without markup, as blocks and sentences
statutes    a folder of statutes as Markdown, as they are in force on a day
"""
