"""Self-care plans: short, ordered, and only after a completed danger screen."""

from achemap.care.conditions import Condition, conditions
from achemap.care.plans import Item, LeftOut, Plan, plan


__all__ = ["Condition", "Item", "LeftOut", "Plan", "conditions", "plan"]
