"""What the network is asked for: task-aligned assignment (Feng et al., TOOD, 2021), BCE for classes, CIoU for boxes."""
import math

import torch
import torch.nn.functional as F

from network import decode

TOP_K = 10           # candidates an object may take, as in YOLOv8
ALPHA, BETA = 0.5, 4.0   # exponents of score and IoU in the alignment; TOOD has 1 and 6, a lower power of IoU starts sooner
BOX_GAIN, CLASS_GAIN, DISTANCE_GAIN = 5.0, 1.0, 0.5


def iou(a, b):
    """IoU of boxes a [...,4] and b [...,4] (corners), broadcast."""
    wh = (torch.minimum(a[..., 2:], b[..., 2:]) - torch.maximum(a[..., :2], b[..., :2])).clamp(min=0)
    inter = wh[..., 0] * wh[..., 1]
    area_a = (a[..., 2] - a[..., 0]) * (a[..., 3] - a[..., 1])
    area_b = (b[..., 2] - b[..., 0]) * (b[..., 3] - b[..., 1])
    return inter / (area_a + area_b - inter + 1e-7)


def complete_iou(a, b):
    """CIoU (Zheng et al., 2020): IoU less the centres' distance and the difference of aspect."""
    overlap = iou(a, b)
    enclosing = torch.maximum(a[..., 2:], b[..., 2:]) - torch.minimum(a[..., :2], b[..., :2])
    diagonal = (enclosing ** 2).sum(-1) + 1e-7
    distance = ((a[..., :2] + a[..., 2:] - b[..., :2] - b[..., 2:]) ** 2).sum(-1) / 4
    wa, ha = (a[..., 2] - a[..., 0]).clamp(min=1e-3), (a[..., 3] - a[..., 1]).clamp(min=1e-3)
    wb, hb = (b[..., 2] - b[..., 0]).clamp(min=1e-3), (b[..., 3] - b[..., 1]).clamp(min=1e-3)
    aspect = 4 / math.pi ** 2 * (torch.atan(wb / hb) - torch.atan(wa / ha)) ** 2
    with torch.no_grad():
        weight = aspect / (1 - overlap + aspect + 1e-7)
    return overlap - distance / diagonal - weight * aspect


@torch.no_grad()
def assign(scores, boxes, centres, truth, labels, valid):
    """Which candidate answers for which object.

    scores [B,N,nc] and boxes [B,N,4] as predicted, centres [N,2]; truth [B,M,4], labels [B,M], valid [B,M] padded.
    -> taken [B,N] bool, owner [B,N] index into M, target [B,N] the score asked of the owner's class.
    """
    batch, count = scores.shape[:2]
    overlaps = iou(truth[:, :, None], boxes[:, None]).clamp(min=0)
    own = scores.transpose(1, 2).gather(1, labels[:, :, None].expand(-1, -1, count))
    low, high = centres - truth[:, :, None, :2], truth[:, :, None, 2:] - centres
    inside = (torch.minimum(low, high).min(-1).values > 1e-3) & valid[:, :, None]
    alignment = own ** ALPHA * overlaps ** BETA * inside
    best, at = alignment.topk(TOP_K, -1)
    chosen = torch.zeros_like(alignment).scatter_(-1, at, 1.0).bool() & inside & (alignment > 0)
    contested = chosen.sum(1) > 1
    strongest = F.one_hot((overlaps * chosen).argmax(1), truth.shape[1]).transpose(1, 2).bool()
    chosen = torch.where(contested[:, None], strongest & chosen, chosen)
    alignment = alignment * chosen
    peak = alignment.amax(-1, keepdim=True)
    reach = (overlaps * chosen).amax(-1, keepdim=True)
    target = (alignment / (peak + 1e-9) * reach).amax(1)
    return chosen.any(1), chosen.float().argmax(1), target


def detection_loss(distances, logits, centres, strides, truth, labels, valid):
    """-> scalar loss, dict of its parts. Shapes as in assign(); distances [B,N,4] in strides, logits [B,N,nc]."""
    boxes = decode(distances, centres, strides)
    taken, owner, target = assign(logits.sigmoid(), boxes, centres, truth, labels, valid)
    wanted = torch.zeros_like(logits)
    own_label = labels.gather(1, owner)
    wanted.scatter_(2, own_label[..., None], (target * taken)[..., None])
    total = wanted.sum().clamp(min=1.0)
    classes = F.binary_cross_entropy_with_logits(logits, wanted, reduction="sum") / total
    weight = target[taken]
    own_truth = truth.gather(1, owner[..., None].expand(-1, -1, 4))[taken]
    box = ((1 - complete_iou(boxes[taken], own_truth)) * weight).sum() / total
    centre = centres.expand(len(boxes), -1, -1)[taken]
    stride = strides.expand(len(boxes), -1)[taken][:, None]
    sides = torch.cat((centre - own_truth[:, :2], own_truth[:, 2:] - centre), -1) / stride
    log_error = F.smooth_l1_loss(distances[taken].clamp(min=1e-3).log(), sides.clamp(min=1e-2).log(), reduction="none", beta=0.1)
    side = (log_error.mean(-1) * weight).sum() / total
    loss = CLASS_GAIN * classes + BOX_GAIN * box + DISTANCE_GAIN * side
    return loss, {"class": float(classes), "box": float(box), "side": float(side)}
