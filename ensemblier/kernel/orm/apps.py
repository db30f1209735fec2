"""Registration of the kernel's only table, the audit row."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "ensemblier.kernel.orm"
    label = "kernel"
    verbose_name = "Noyau"
