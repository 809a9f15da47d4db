"""The virtual camera: places prints in perspective, lights the scene, and spoils the picture as cameras and codecs do."""
import cv2
import numpy as np


def rotation(rx, ry, rz):
    cx, sx, cy, sy, cz, sz = np.cos(rx), np.sin(rx), np.cos(ry), np.sin(ry), np.cos(rz), np.sin(rz)
    about_x = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_z = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    return about_x @ about_y @ about_z


def project(points, homography):
    return cv2.perspectiveTransform(points.reshape(1, -1, 2).astype(np.float64), homography)[0]


def pose(outline, centre, target, turn, tilt, tilt_direction, distance):
    """Homography texture -> frame that shows the outline around `centre`, its box's longer side about `target` pixels.

    `turn` is the rotation in the plane, `tilt` the angle between the print and the picture plane, `tilt_direction` where
    it leans to (all radians), `distance` the viewing distance in units of the object's size (less is stronger perspective).
    """
    middle = (outline.min(0) + outline.max(0)) / 2
    size = np.ptp(outline, 0).max()
    # Lean about an axis in the picture plane: turn that axis to x, tilt, turn back.
    lean = rotation(0, 0, tilt_direction) @ rotation(tilt, 0, 0) @ rotation(0, 0, turn - tilt_direction)
    d = distance * size
    matrix = None
    scale = target / size
    for _ in range(2):  # the second round corrects the scale for the foreshortening of the first
        plane = np.array([[1, 0, -middle[0]], [0, 1, -middle[1]], [0, 0, 1]], float)
        view = np.array([[lean[0, 0], lean[0, 1], 0], [lean[1, 0], lean[1, 1], 0], [lean[2, 0] / d, lean[2, 1] / d, 1]])
        place = np.array([[scale, 0, centre[0]], [0, scale, centre[1]], [0, 0, 1]], float)
        matrix = place @ view @ plane
        box = project(outline, matrix)
        scale *= target / max(np.ptp(box, 0).max(), 1e-3)
    return matrix


def visible_box(points, w, h):
    """-> (x0, y0, x1, y1) of the outline inside the frame and the share of its area that is inside."""
    hull = cv2.convexHull(points.astype(np.float32))
    area = cv2.contourArea(hull)
    frame = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    inside, shape = cv2.intersectConvexConvex(hull, frame)
    if area <= 0 or inside <= 0 or shape is None:
        return None, 0.0
    shape = shape.reshape(-1, 2)
    return (*shape.min(0), *shape.max(0)), inside / area


def paste(canvas, thing, matrix, antialias):
    """Draws a Print into the uint8 RGB canvas. `antialias` shrinks the texture first where the pose minifies it."""
    image, alpha = thing.image, thing.alpha
    h, w = alpha.shape
    corners = project(np.array([[0, 0], [w, 0], [w, h], [0, h]], float), matrix)
    if antialias:
        edge = np.linalg.norm(corners - np.roll(corners, 1, 0), axis=1)
        shrink = max(w, h) / max(edge.max() * 1.15, 1)
        if shrink > 1.1:
            image = cv2.resize(image, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
            alpha = cv2.resize(alpha, (image.shape[1], image.shape[0]), interpolation=cv2.INTER_AREA)
            matrix = matrix @ np.diag([w / image.shape[1], h / image.shape[0], 1.0])
    x0, y0 = np.maximum(np.floor(corners.min(0)).astype(int) - 1, 0)
    x1 = min(int(np.ceil(corners[:, 0].max())) + 2, canvas.shape[1])
    y1 = min(int(np.ceil(corners[:, 1].max())) + 2, canvas.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    matrix = np.array([[1, 0, -x0], [0, 1, -y0], [0, 0, 1]], float) @ matrix
    picture = cv2.warpPerspective(image, matrix, (int(x1 - x0), int(y1 - y0)), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    cover = cv2.warpPerspective(alpha, matrix, (int(x1 - x0), int(y1 - y0)), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    part = canvas[y0:y1, x0:x1]
    cover = cover.astype(np.float32)[..., None] * np.float32(1 / 255)
    part[:] = part + (picture.astype(np.float32) - part) * cover


def light(rng, image, strength):
    """Uneven light, cast shadows and glare on a float32 RGB picture 0..255."""
    h, w = image.shape[:2]
    if rng.random() < 0.7:
        field = rng.uniform(1 - strength, 1 + strength * 0.5, (int(rng.integers(2, 5)), int(rng.integers(2, 5)))).astype(np.float32)
        image *= cv2.resize(field, (w, h), interpolation=cv2.INTER_CUBIC).clip(0.3, 1.6)[..., None]
    if rng.random() < 0.35:
        shade = np.ones((h, w), np.float32)
        points = rng.uniform(-0.3, 1.3, (int(rng.integers(3, 6)), 2)) * (w, h)
        cv2.fillPoly(shade, [points.astype(np.int32)], float(rng.uniform(1 - strength, 0.85)))
        soft = float(rng.uniform(0.5, 12))
        image *= cv2.blur(cv2.blur(shade, (int(soft) + 1,) * 2), (int(soft) + 1,) * 2)[..., None]
    if rng.random() < 0.12:
        y, x = np.mgrid[0:h, 0:w].astype(np.float32)
        cx, cy, r = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(6, 40)
        image += (np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * r * r)) * rng.uniform(40, 200))[..., None]
    return image


def blur(rng, image, smallest, settings):
    """Defocus and motion, limited by the smallest object so that what is labelled stays recognisable."""
    if rng.random() < settings.defocus:
        sigma = rng.uniform(0.2, min(settings.max_sigma, 0.035 * smallest + 0.2))
        image = cv2.GaussianBlur(image, (0, 0), sigma)
    if rng.random() < settings.motion:
        length = rng.uniform(1.5, max(2.0, min(settings.max_motion, 0.12 * smallest)))
        n = int(np.ceil(length)) | 1
        kernel = np.zeros((n, n), np.float32)
        angle = rng.uniform(0, np.pi)
        dx, dy = np.cos(angle) * length / 2, np.sin(angle) * length / 2
        middle = n // 2
        cv2.line(kernel, (int(round((middle - dx) * 16)), int(round((middle - dy) * 16))),
                 (int(round((middle + dx) * 16)), int(round((middle + dy) * 16))), 1.0, 1, cv2.LINE_8, 4)
        image = cv2.filter2D(image, -1, kernel / kernel.sum())
    return image


def sensor(rng, image, settings):
    """White balance, exposure, gamma and noise on a float32 picture; returns uint8."""
    image *= rng.uniform(1 - settings.tint, 1 + settings.tint, 3).astype(np.float32)
    image = image * np.float32(rng.uniform(*settings.gain)) + np.float32(rng.uniform(-15, 25))
    if rng.random() < 0.1:
        image = np.repeat(image.mean(2, keepdims=True), 3, 2)
    if rng.random() < settings.noise:
        image = image + rng.standard_normal(image.shape, np.float32) * np.float32(rng.uniform(1, settings.max_noise))
    image = np.clip(image, 0, 255).astype(np.uint8)
    if rng.random() < 0.4:
        table = (np.linspace(0, 1, 256) ** rng.uniform(0.6, 1.6) * 255).astype(np.uint8)
        image = cv2.LUT(image, table)
    return image


def jpeg(rng, image, settings):
    if rng.random() < settings.jpeg:
        quality = int(rng.integers(*settings.jpeg_quality))
        packed = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        image = np.ascontiguousarray(cv2.imdecode(packed, cv2.IMREAD_COLOR)[..., ::-1])
    return image
