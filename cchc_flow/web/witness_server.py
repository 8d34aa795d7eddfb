"""A witness over HTTP: `POST /add-checkpoint` (C2SP tlog-witness), and nothing else."""

from flask import Flask, Response, request
from waitress import create_server

from cchc_flow.errors import CchcError
from cchc_flow.eventlog.witnesses.witness import Witness
from cchc_flow.web.serving.addresses import require_free_address

MAX_REQUEST = 65_536
"""Bytes of a request: 63 hashes and a note are a few kilobytes."""
THREADS = 4


def create_witness_app(witness: Witness) -> Flask:
    """Return the application of a witness; who may ask is told by the signature of the checkpoint alone."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST

    @app.post("/add-checkpoint")
    def add_checkpoint() -> Response:
        answer = witness.answer(request.get_data().decode("utf-8", "replace"))
        return Response(answer.text, answer.status, content_type=answer.media_type)

    @app.errorhandler(CchcError)
    def tell(error: CchcError) -> tuple[str, int, dict[str, str]]:
        return f"{error}\n", 500, {"Content-Type": "text/plain; charset=utf-8"}

    return app


def serve_witness(witness: Witness, host: str, port: int) -> None:
    """Serve a witness until the process is ended; raise BadInput when the address is not free."""
    require_free_address(host, port)
    server = create_server(
        create_witness_app(witness),
        host=host,
        port=port,
        threads=THREADS,
        max_request_body_size=MAX_REQUEST,
        ident="cchc-flow",
    )
    server.run()
