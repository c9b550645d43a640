"""What people and pages send, parsed and handed on."""
