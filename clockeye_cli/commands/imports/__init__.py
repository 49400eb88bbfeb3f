"""The commands of the family `imports`, one file each."""
