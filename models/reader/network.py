"""The reader's network for training (torch); `running.py` runs the same with NumPy."""

import torch
from torch import Tensor, nn

from models.reader.shape import KIND_WIDTH, KINDS, VECTOR_GAIN, Shape

DROPOUT = 0.3


class ReaderNetwork(nn.Module):
    """Lines of one dossier in, marks (notions borne on, then decisive), parts answered, out: all logits."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.kind = nn.Embedding(len(KINDS), KIND_WIDTH)
        self.line = nn.Linear(shape.vector + KIND_WIDTH + 2, shape.hidden)
        self.around = nn.GRU(shape.hidden, shape.hidden // 2, batch_first=True, bidirectional=True)
        self.drop = nn.Dropout(DROPOUT)
        self.mark = nn.Linear(2 * shape.hidden, 2 * shape.notions)
        self.part = nn.Linear(2 * shape.hidden, shape.parts)

    def forward(self, vectors: Tensor, kinds: Tensor, places: Tensor) -> tuple[Tensor, Tensor]:
        """`vectors` (n, dimension), `kinds` (n,), `places` (n, 2); gives (n, 2 × notions) and (n, parts)."""
        alone = self._alone(vectors, kinds, places)
        around = self.around(self.drop(alone)[None])[0][0]
        return self._said(alone, around)

    def by_itself(self, vectors: Tensor, kinds: Tensor, places: Tensor) -> Tensor:
        """Marks of lines that stand in no dossier."""
        alone = self._alone(vectors, kinds, places)
        return self._said(alone, torch.zeros_like(alone))[0]

    def _alone(self, vectors: Tensor, kinds: Tensor, places: Tensor) -> Tensor:
        given = torch.cat([vectors * VECTOR_GAIN, self.kind(kinds), places], dim=1)
        return torch.relu(self.line(self.drop(given)))

    def _said(self, alone: Tensor, around: Tensor) -> tuple[Tensor, Tensor]:
        states = self.drop(torch.cat([alone, around], dim=1))
        return self.mark(states), self.part(states)
