//! Makes ONNX models of a few hundred bytes, for tests of this crate and of the program.

/// A number as a protocol buffer writes it: seven bits a byte.
fn varint(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

/// A protocol buffer field of bytes.
fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
    [&[number << 3 | 2], &varint(bytes.len())[..], bytes].concat()
}

/// A protocol buffer field with a number.
fn number(number: u8, value: usize) -> Vec<u8> {
    [&[number << 3], &varint(value)[..]].concat()
}

/// An input or output: its name, its type (1 float, 7 integer), its rank.
fn port(name: &str, kind: usize, rank: usize) -> Vec<u8> {
    let shape = field(1, &field(2, b"n")).repeat(rank);
    let tensor = [number(1, kind), field(2, &shape)].concat();
    [field(1, name.as_bytes()), field(2, &field(1, &tensor))].concat()
}

/// An ONNX model whose embedding for token `n` is row `n` of `rows`, after `operation`.
pub(crate) fn onnx(input: &str, rows: &[impl AsRef<[f32]>], operation: &str) -> Vec<u8> {
    let dimensions = rows.first().map_or(0, |row| row.as_ref().len());
    let values = rows.iter().flat_map(AsRef::as_ref);
    let values: Vec<u8> = values.flat_map(|value| value.to_le_bytes()).collect();
    let node = |kind: &str, inputs: &[&str], output: &str| {
        let inputs = inputs.iter().flat_map(|input| field(1, input.as_bytes()));
        let rest = [field(2, output.as_bytes()), field(4, kind.as_bytes())].concat();
        field(1, &inputs.chain(rest).collect::<Vec<_>>())
    };
    let table = [
        number(1, rows.len()),
        number(1, dimensions),
        number(2, 1),
        field(8, b"table"),
        field(9, &values),
    ];
    let graph = [
        node("Gather", &["table", input], "looked up"),
        node(operation, &["looked up"], "hidden"),
        field(2, b"tiny"),
        field(5, &table.concat()),
        field(11, &port(input, 7, 2)),
        field(12, &port("hidden", 1, 3)),
    ];
    [
        number(1, 8),
        field(7, &graph.concat()),
        field(8, &number(2, 13)),
    ]
    .concat()
}
