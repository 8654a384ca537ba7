//! TLS in front of host pages, as intranets have it: what browsers keep from a page that came by https shows on no other.

use std::io;
use std::net::TcpStream;
use std::sync::Arc;

use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A certificate of this run, which drivers tell browsers to accept.
#[derive(Clone)]
pub(crate) struct Tls(Arc<ServerConfig>);

impl Tls {
    pub(crate) fn new() -> Self {
        let made = rcgen::generate_simple_self_signed(["*.localhost".to_owned()])
            .expect("a certificate can be made");
        let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
        let config = ServerConfig::builder().with_no_client_auth();
        let config =
            config.with_single_cert(vec![made.cert.der().clone()], key).expect("the two belong together");
        Self(Arc::new(config))
    }

    /// What is said over this connection, in the clear.
    pub(crate) fn over(&self, stream: TcpStream) -> io::Result<impl io::Read + io::Write + use<>> {
        let connection = ServerConnection::new(Arc::clone(&self.0)).map_err(io::Error::other)?;
        Ok(StreamOwned::new(connection, stream))
    }
}
