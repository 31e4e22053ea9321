// A drawing as a file: all that is painted as JSON, or one view of it as a picture.

/** Returns a drawing as plain data; `encoded` is what reads it back. */
export function drawingOf(painting, strokes) {
  const { cells } = painting;
  return {
    atlas: painting.body.version,
    cells,
    values: cells.map((cell) => painting.values[cell]),
    places: painting.places(),
    choir: painting.choir(),
    encoded: painting.encode(),
    strokes,
  };
}

async function loaded(url) {
  const picture = new Image();
  picture.src = url;
  await picture.decode();
  return picture;
}

/** Returns the plate that a stage shows, with the paint and the sides, as a PNG blob. */
export async function pictureOf(stage, words) {
  const { plate, paintLayer } = stage;
  stage.colourNow();
  const picture = await loaded(plate.image);
  const canvas = document.createElement("canvas");
  const { naturalWidth: width, naturalHeight: height } = picture;
  [canvas.width, canvas.height] = [width, height];
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  if (plate.mirrored) pen.setTransform(-1, 0, 0, 1, width, 0);
  pen.drawImage(picture, 0, 0);
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.globalCompositeOperation = "multiply";
  pen.drawImage(paintLayer.canvas, 0, 0, plate.width, plate.height, 0, 0, width, height);
  pen.globalCompositeOperation = "source-over";
  pen.fillStyle = "#24323a";
  pen.font = `bold ${Math.round(width / 34)}px sans-serif`;
  pen.textBaseline = "top";
  const [left, right] = plate.about.viewer ?? ["", ""];
  const edge = width / 40;
  pen.fillText(words.sides[left] ?? plate.about.title, edge, edge);
  pen.textAlign = "right";
  pen.fillText(words.sides[right] ?? "", width - edge, edge);
  return new Promise((resolve) => canvas.toBlob(resolve));
}
