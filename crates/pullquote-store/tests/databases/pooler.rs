//! A pooler that gives each transaction another connection, in front of the `PostgreSQL` of `PULLQUOTE_TEST_POSTGRES`: it is
//! recognised and refused, because notifications get lost in it.

use crate::places::{article, only_postgres};
use pullquote_store::{Location, Store, StoreError};
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A message of the protocol, with its length; the first of a connection has no type.
fn message(from: &mut TcpStream, has_type: bool) -> io::Result<Vec<u8>> {
    let mut head = vec![0; if has_type { 5 } else { 4 }];
    from.read_exact(&mut head)?;
    let length = head.len() - 4;
    let length = u32::from_be_bytes(head[length..].try_into().unwrap()) as usize;
    let start = head.len();
    head.resize(start + length - 4, 0);
    from.read_exact(&mut head[start..])?;
    Ok(head)
}

/// Passes on what the server says until it is ready for a query. Whether it is outside a transaction.
fn until_ready(server: &mut TcpStream, client: &mut TcpStream) -> io::Result<bool> {
    loop {
        let said = message(server, true)?;
        client.write_all(&said)?;
        if said[0] == b'Z' {
            return Ok(said[5] == b'I');
        }
    }
}

/// Serves one client: each of its transactions gets the connection that became free last, as in `PgBouncer`.
fn serve(mut client: TcpStream, behind: &str, free: &Mutex<Vec<TcpStream>>) -> io::Result<()> {
    let mut startup = message(&mut client, false)?;
    // A request for TLS has a version of its own.
    while startup[4..8] == 80_877_103_u32.to_be_bytes() {
        client.write_all(b"N")?;
        startup = message(&mut client, false)?;
    }
    let mut server = TcpStream::connect(behind)?;
    server.write_all(&startup)?;
    until_ready(&mut server, &mut client)?;
    // A client that connects does not need a connection of its own.
    free.lock().unwrap().insert(0, server);
    let mut held: Option<TcpStream> = None;
    loop {
        let said = message(&mut client, true)?;
        if said[0] == b'X' {
            return Ok(());
        }
        let mut server = match held.take() {
            Some(server) => server,
            None => free.lock().unwrap().pop().unwrap(),
        };
        server.write_all(&said)?;
        let is_asked = matches!(said[0], b'Q' | b'S');
        if is_asked && until_ready(&mut server, &mut client)? {
            free.lock().unwrap().push(server);
        } else {
            held = Some(server);
        }
    }
}

#[tokio::test]
async fn a_pooler_in_transaction_mode_is_refused() {
    let Some(place) = only_postgres().await else {
        return;
    };
    let Location::Postgres(address) = &place.location else {
        panic!("an address");
    };
    let (account, rest) = address.split_once('@').unwrap();
    let (behind, name) = rest.split_once('/').unwrap();
    let behind = behind.to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = listener.local_addr().unwrap();
    thread::spawn(move || {
        let free = Arc::new(Mutex::new(Vec::new()));
        for client in listener.incoming() {
            let (behind, free) = (behind.clone(), Arc::clone(&free));
            thread::spawn(move || serve(client.unwrap(), &behind, &free));
        }
    });
    let pooled = Location::Postgres(format!("{account}@{here}/{name}"));
    let store = Store::new(pooled.clone());
    let refused = store.put(&article(7, "a.md", "Ants"), None).await;
    let refused = refused.unwrap_err();
    assert!(matches!(refused, StoreError::Pooled { .. }), "{refused}");
    let refused = Store::new(pooled).inspect().await.unwrap_err();
    assert!(matches!(refused, StoreError::Pooled { .. }), "{refused}");
    // The database itself is fine.
    place
        .store()
        .put(&article(7, "a.md", "Ants"), None)
        .await
        .unwrap();
}
