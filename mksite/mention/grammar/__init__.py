"""Names as patterns: the forms that each word of a name takes in Russian and Kyrgyz texts."""
