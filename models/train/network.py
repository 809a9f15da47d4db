"""The network: a small anchor-free detector for 320 x 320 pictures.

Plain 3x3 and 1x1 convolutions with ReLU, channel counts that are multiples of 16 (the block size of ONNX Runtime's
convolution kernels), a top-down feature pyramid at strides 8, 16 and 32, and a head at each of the three levels.
Boxes are distances from the cell's centre to the four sides, as in FCOS (Tian et al., 2019): exp(raw) strides.
"""
import torch
import torch.nn.functional as F
from torch import nn

STRIDES = (8, 16, 32)
# exp(4) strides of 32 are 1747 px, more than five times the picture: the clamp only keeps exp finite early in training.
MAX_LOG_DISTANCE = 4.0


class Conv(nn.Sequential):
    """Convolution, batch norm, ReLU; `fuse` (export.py) folds the norm into the weights."""

    def __init__(self, inputs, outputs, size=3, stride=1):
        super().__init__(
            nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False),
            nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.03),
            nn.ReLU(inplace=True))


class Residual(nn.Module):
    """1x1 to half the channels, 3x3 back, added to the input."""

    def __init__(self, channels):
        super().__init__()
        self.reduce = Conv(channels, channels // 2, 1)
        self.expand = Conv(channels // 2, channels, 3)

    def forward(self, x):
        return x + self.expand(self.reduce(x))


class PyramidPool(nn.Module):
    """Three chained 5x5 max pools beside the input (the SPPF of YOLOv5): context of the whole picture at stride 32."""

    def __init__(self, channels):
        super().__init__()
        self.reduce = Conv(channels, channels // 2, 1)
        self.merge = Conv(channels * 2, channels, 1)

    def forward(self, x):
        a = self.reduce(x)
        b = F.max_pool2d(a, 5, 1, 2)
        c = F.max_pool2d(b, 5, 1, 2)
        d = F.max_pool2d(c, 5, 1, 2)
        return self.merge(torch.cat((a, b, c, d), 1))


class MarkerNet(nn.Module):
    """uint8-scaled RGB [B,3,H,W] in 0..1 -> raw head maps per level: (boxes [B,4,h,w] in strides, class logits [B,nc,h,w])."""

    def __init__(self, classes, widths=(16, 16, 48, 96, 112), pyramid=48, tower=32):
        super().__init__()
        w0, w1, w2, w3, w4 = widths
        self.stem = nn.Sequential(Conv(3, w0, 3, 2), Conv(w0, w1, 3, 2), Residual(w1))
        self.stage8 = nn.Sequential(Conv(w1, w2, 3, 2), Residual(w2), Residual(w2))
        self.stage16 = nn.Sequential(Conv(w2, w3, 3, 2), Residual(w3), Residual(w3))
        self.stage32 = nn.Sequential(Conv(w3, w4, 3, 2), Residual(w4), PyramidPool(w4))
        self.lateral8, self.lateral16, self.lateral32 = Conv(w2, pyramid, 1), Conv(w3, pyramid, 1), Conv(w4, pyramid, 1)
        self.smooth16 = Residual(pyramid)
        self.smooth8 = Residual(pyramid)
        # A tower a level: a norm shared by levels is trained with each level's own statistics and run with a mixture of all three.
        self.box_tower = nn.ModuleList(Conv(pyramid, tower, 3) for _ in STRIDES)
        self.class_tower = nn.ModuleList(Conv(pyramid, tower, 3) for _ in STRIDES)
        self.box = nn.ModuleList(nn.Conv2d(tower, 4, 1) for _ in STRIDES)
        self.classify = nn.ModuleList(nn.Conv2d(tower, classes, 1) for _ in STRIDES)
        for box, classify in zip(self.box, self.classify):
            nn.init.normal_(box.weight, std=0.01)
            nn.init.constant_(box.bias, 0.7)  # two strides to each side: the middle of what a level is asked for
            # Class weights keep their default spread: near zero, the tower's ReLUs learn the background alone and die elsewhere.
            nn.init.constant_(classify.bias, -4.0)  # probability 0.02 at the start: almost everything is background

    def forward(self, x):
        c8 = self.stage8(self.stem(x))
        c16 = self.stage16(c8)
        c32 = self.stage32(c16)
        p32 = self.lateral32(c32)
        p16 = self.smooth16(self.lateral16(c16) + F.interpolate(p32, scale_factor=2.0, mode="nearest"))
        p8 = self.smooth8(self.lateral8(c8) + F.interpolate(p16, scale_factor=2.0, mode="nearest"))
        maps = []
        for level, p in enumerate((p8, p16, p32)):
            distances = torch.exp(self.box[level](self.box_tower[level](p)).clamp(max=MAX_LOG_DISTANCE))
            maps.append((distances, self.classify[level](self.class_tower[level](p))))
        return maps


def cell_centres(size):
    """-> centres [N,2] in pixels (x, y), strides [N]; level by level, row by row: the order of the output's columns."""
    centres, strides = [], []
    for stride in STRIDES:
        n = size // stride
        axis = (torch.arange(n, dtype=torch.float32) + 0.5) * stride
        y, x = torch.meshgrid(axis, axis, indexing="ij")
        centres.append(torch.stack((x.reshape(-1), y.reshape(-1)), 1))
        strides.append(torch.full((n * n,), float(stride)))
    return torch.cat(centres), torch.cat(strides)


def flatten(maps):
    """Head maps -> distances [B,N,4] in strides, logits [B,N,nc]."""
    distances = torch.cat([d.flatten(2) for d, _ in maps], 2).transpose(1, 2)
    logits = torch.cat([c.flatten(2) for _, c in maps], 2).transpose(1, 2)
    return distances, logits


def decode(distances, centres, strides):
    """Distances [B,N,4] (left, top, right, bottom, in strides) -> corners [B,N,4] in pixels."""
    d = distances * strides[:, None]
    return torch.cat((centres - d[..., :2], centres + d[..., 2:]), -1)
