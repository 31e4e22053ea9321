// Shows a table of an old post inside the editor's text; its HTML comes cleaned.
const { React, draftail } = window;

function KeptTable({ blockProps }) {
  const { html } = blockProps.entity.getData();
  return React.createElement("div", {
    className: "desk-kept-table",
    dangerouslySetInnerHTML: { __html: html },
  });
}

// There is no way to write a new one: nothing opens.
const source = ({ onClose }) => {
  React.useEffect(() => onClose(), []);
  return null;
};

draftail.registerPlugin({ type: "KEPT-TABLE", source, block: KeptTable }, "entityTypes");
