"""Commands with words of their own, apart from `cli`: each module adds its parsers and runs its commands."""
