"""What depends on a language: Russian, Kyrgyz, English."""
