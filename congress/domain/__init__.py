"""The rules of congresses and registrations: values in, answers or refusals out."""
