"""As much of MQTT 3.1.1 as it takes to publish a few messages at QoS 1: the laptop's broker has no other door."""
import socket
import struct


def _text(value):
    return struct.pack(">H", len(value)) + value


def _packet(kind, body):
    size, length = len(body), b""
    while True:
        size, digit = divmod(size, 128)
        length += bytes([digit | (128 if size else 0)])
        if not size:
            return bytes([kind]) + length + body


def publish(port, client, messages):
    """Publishes (topic, payload) pairs, and returns when the broker has taken them all."""
    with socket.create_connection(("127.0.0.1", port), 10) as broker:
        broker.sendall(_packet(0x10, _text(b"MQTT") + b"\x04\x02" + struct.pack(">H", 60) + _text(client.encode())))
        if broker.recv(4) != b"\x20\x02\x00\x00":
            raise ConnectionError("the broker refused the connection")
        for number, (topic, payload) in enumerate(messages, 1):
            broker.sendall(_packet(0x32, _text(topic.encode()) + struct.pack(">H", number) + payload))
            if broker.recv(4) != b"\x40\x02" + struct.pack(">H", number):
                raise ConnectionError(f"the broker did not take message {number}")
        broker.sendall(b"\xe0\x00")
