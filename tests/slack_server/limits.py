"""Slack's limits, each with where it is written. Nothing here decides anything: the checkers read it.

Sources: "sdk" is slack_sdk 3.47.0 (`slack_sdk/models/blocks`, `models/views`, where the numbers are coded as
`*_max_length`); "docs" is docs.slack.dev; "bolt-js#2509" is where the undocumented total was measured.
"""

from __future__ import annotations

from typing import Final

# Messages
MESSAGE_TEXT: Final = 40_000  # docs, chat.postMessage: the top-level text
MARKDOWN_TEXT: Final = 12_000  # docs, chat.postMessage `markdown_text` and each streamed chunk
MESSAGE_BLOCKS: Final = 50  # docs, reference/block-kit/blocks
MESSAGE_BLOCK_CHARACTERS: Final = 13_200  # bolt-js#2509: all blocks together, written nowhere in the docs
MESSAGE_ATTACHMENTS: Final = 100  # docs, chat.postMessage error too_many_attachments

# Views
VIEW_BLOCKS: Final = 100  # sdk View.blocks_max_length
VIEW_TITLE: Final = 24  # sdk View.title_max_length; the same for close and submit
VIEW_PRIVATE_METADATA: Final = 3_000  # sdk View.private_metadata_max_length
VIEW_CALLBACK_ID: Final = 255  # sdk View.callback_id_max_length
VIEW_EXTERNAL_ID: Final = 255  # docs, views.update
VIEW_BYTES: Final = 250_000  # docs, views.open error view_too_large
VIEW_STACK: Final = 3  # docs, views.push error push_limit_reached
TRIGGER_SECONDS: Final = 3.0  # docs, interactivity: a trigger_id expires in three seconds

# Blocks
BLOCK_ID: Final = 255  # sdk Block.block_id_max_length
SECTION_TEXT: Final = 3_000  # sdk SectionBlock.text_max_length
SECTION_FIELDS: Final = 10  # sdk SectionBlock.fields_max_length
SECTION_FIELD_TEXT: Final = 2_000  # docs, section block `fields`
HEADER_TEXT: Final = 150  # sdk HeaderBlock.text_max_length
MARKDOWN_BLOCK: Final = 12_000  # sdk MarkdownBlock.text_max_length
ACTIONS_ELEMENTS: Final = 25  # sdk ActionsBlock.elements_max_length
CONTEXT_ELEMENTS: Final = 10  # sdk ContextBlock.elements_max_length
CONTEXT_ACTIONS_ELEMENTS: Final = 5  # sdk ContextActionsBlock.elements_max_length
CONTAINER_BLOCKS: Final = 10  # sdk ContainerBlock.child_blocks_max_length
INPUT_LABEL: Final = 2_000  # sdk InputBlock.label_max_length; the same for hint
IMAGE_URL: Final = 3_000  # sdk ImageBlock.image_url_max_length
IMAGE_ALT_TEXT: Final = 2_000  # sdk ImageBlock.alt_text_max_length; the same for title
TEXT_OBJECT: Final = 3_000  # docs, composition-objects/text-object

# Elements
ACTION_ID: Final = 255  # sdk InteractiveElement.action_id_max_length
BUTTON_TEXT: Final = 75  # sdk ButtonElement.text_max_length
BUTTON_VALUE: Final = 2_000  # sdk ButtonElement.value_max_length
BUTTON_URL: Final = 3_000  # sdk ButtonElement.url_max_length
PLACEHOLDER: Final = 150  # sdk InputInteractiveElement.placeholder_max_length
OPTION_TEXT: Final = 75  # sdk Option.label_max_length
OPTION_VALUE: Final = 150  # sdk Option.value_max_length
SELECT_OPTIONS: Final = 100  # sdk SelectElement.options_max_length
FILES_OF_AN_INPUT: Final = 10  # docs, file input element `max_files`: 1 to 10
FILE_OF_AN_INPUT_BYTES: Final = 10 * 1024**2  # docs, file input element: "There is a 10MB file size limit."
OVERFLOW_OPTIONS: Final = 5  # sdk OverflowMenuElement.options_max_length
CHECKBOX_OPTIONS: Final = 10  # docs, checkboxes and radio buttons
CONFIRM: Final = {"title": 100, "text": 300, "confirm": 30, "deny": 30}  # sdk ConfirmObject

# Elsewhere
RESPONSE_URL_USES: Final = 5  # docs, interactivity: five uses within thirty minutes
RESPONSE_URL_SECONDS: Final = 1_800.0
SOCKET_CONNECTIONS: Final = 10  # docs, Socket Mode: up to ten connections at once
SUGGESTED_PROMPTS: Final = 4  # docs, assistant.threads.setSuggestedPrompts
LOADING_MESSAGES: Final = 10  # docs, assistant.threads.setStatus
