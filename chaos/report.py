"""What a fault leaves behind: figures for people, and the promises that did not hold."""

from dataclasses import dataclass, field

SHOWN_MAX = 5


@dataclass
class Report:
    """`figures` are counted while it runs; each sentence in `broken` is a promise that broke."""

    name: str
    figures: dict[str, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def count(self, figure: str, more: int = 1) -> None:
        self.figures[figure] = self.figures.get(figure, 0) + more

    def most(self, figure: str, value: int) -> None:
        """Keep the largest value that was seen."""
        self.figures[figure] = max(self.figures.get(figure, 0), value)

    def expect(self, holds: bool, sentence: str) -> None:
        """Note a promise that broke."""
        if not holds:
            self.broken.append(sentence)

    def line(self, seconds: float) -> str:
        figures = ", ".join(f"{value:,} {name}" for name, value in self.figures.items())
        verdict = "BROKEN" if self.broken else "held"
        lines = [f"{self.name:<24} {verdict:<7} {figures} ({seconds:.0f} s)"]
        lines += [f"  - {sentence}" for sentence in self.broken[:SHOWN_MAX]]
        if len(self.broken) > SHOWN_MAX:
            lines.append(f"  … and {len(self.broken) - SHOWN_MAX} more")
        return "\n".join(lines)
