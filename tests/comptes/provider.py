"""A real OpenID Connect provider, as ProConnect is one, that can be told to misbehave.

Run as a program of its own: ``oidc-provider-mock`` with what ProConnect does otherwise put around it (the
person as a signed token, PKCE, its scopes, state on refusal), and a fault chosen with ``PUT /fault``. Prints
its address and serves until its input closes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import threading
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from oidc_provider_mock import app as make_app
from werkzeug.serving import make_server

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CURVE = ec.generate_private_key(ec.SECP256R1())
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
#: Seconds a slow answer takes: longer than the tests wait.
SLOW = 1.0
WANTED = {"openid", "given_name", "usual_name", "email"}

app: flask.Flask = make_app(require_nonce=True, issue_refresh_token=False)
#: What the tests say: the fault, and who signs in.
told: dict[str, Any] = {"fault": "", "person": {}}
challenges: dict[str, str] = {}


def public_keys() -> dict[str, Any]:
    """Both keys, as published."""
    first = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
    second = jwt.algorithms.ECAlgorithm.to_jwk(CURVE.public_key(), as_dict=True)
    return {"keys": [{**first, "kid": "rsa", "alg": "RS256"}, {**second, "kid": "curve", "alg": "ES256"}]}


def signed(claims: dict[str, Any], fault: str) -> str:
    if fault == "alg none":
        return jwt.encode(claims, "", algorithm="none", headers={"kid": "rsa"})
    if fault == "our secret":
        return jwt.encode(claims, "secret" * 8, algorithm="HS256", headers={"kid": "rsa"})
    if fault == "unknown key":
        return jwt.encode(claims, STRANGER, algorithm="RS256", headers={"kid": "other"})
    if fault == "signature":
        return jwt.encode(claims, STRANGER, algorithm="RS256", headers={"kid": "rsa"})
    if fault == "curve":
        return jwt.encode(claims, CURVE, algorithm="ES256", headers={"kid": "curve"})
    return jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "rsa"})


def twisted(claims: dict[str, Any], fault: str) -> dict[str, Any]:
    now = int(time.time())
    changes: dict[str, dict[str, Any]] = {
        "issuer": {"iss": "https://ailleurs.example"},
        "audience": {"aud": "another-site"},
        "two audiences": {"aud": [claims.get("aud"), "another-site"]},
        "expired": {"exp": now - 3600, "iat": now - 7200},
        "nonce": {"nonce": "0" * 43},
        "subject": {"sub": ""},
    }
    told_otherwise = claims | changes.get(fault, {})
    if fault == "no expiry":
        del told_otherwise["exp"]
    return told_otherwise


@app.put("/fault")
def choose_fault() -> str:
    told.update(json.loads(flask.request.get_data()))
    return ""


@app.before_request
def misbehave() -> Any:
    request, fault = flask.request, told["fault"]
    if request.path == "/fault":
        return None
    if fault == "down":
        return "", 503
    if fault == "slow":
        time.sleep(SLOW)
    if request.path == "/jwks":
        return public_keys()
    if request.path == "/oauth2/authorize":
        query = request.args
        # what ProConnect asks for, or refuses
        short = min(len(query["state"]), len(query["nonce"])) < 32
        if short or set(query["scope"].split()) != WANTED or query["code_challenge_method"] != "S256":
            return "Y000400", 400
    if request.path == "/oauth2/token":
        code, verifier = request.form["code"], request.form["code_verifier"]
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        if fault == "token refused" or challenges.pop(code, "") != digest:
            return {"error": "invalid_grant"}, 400
    return None


@app.after_request
def as_proconnect(response: flask.Response) -> flask.Response:
    request, fault = flask.request, told["fault"]
    if response.status_code >= 400:
        return response
    if request.path == "/.well-known/openid-configuration" and fault == "discovery issuer":
        response.data = json.dumps(response.get_json() | {"issuer": "https://ailleurs.example"})
    if request.path == "/oauth2/authorize" and request.method == "POST":
        place = response.headers["Location"]
        answer = parse_qs(urlsplit(place).query)
        if "code" in answer:
            challenges[answer["code"][0]] = request.args["code_challenge"]
        elif "state" not in answer:
            response.headers["Location"] = f"{place}&state={request.args['state']}"
    if request.path == "/oauth2/token":
        got = response.get_json()
        claims = jwt.decode(got["id_token"], options={"verify_signature": False})
        got["id_token"] = signed(twisted(claims, fault), fault)
        response.data = json.dumps(got)
    if request.path == "/userinfo" and fault != "plain person":
        now = int(time.time())
        who = {"iss": request.host_url.rstrip("/"), "aud": "accroche", "exp": now + 60, "iat": now}
        who |= {"sub": response.get_json()["sub"], **told["person"]}
        own_fault = fault.removesuffix(" of the person") if fault.endswith(" of the person") else ""
        response.data = signed(twisted(who, own_fault), own_fault)
        response.content_type = "application/jwt"
    return response


if __name__ == "__main__":
    app.debug = False
    server = make_server("127.0.0.1", 0, app.wsgi_app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    sys.stdin.read()
