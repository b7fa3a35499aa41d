"""Official documents from the pages that publish them, kept as drafts until a person confirms them."""
