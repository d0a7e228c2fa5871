//! Forms of managers.

use super::*;

fn managed(action: Action) -> Request {
    Request {
        context: Context {
            manages_server: true,
            target: Some(Origin {
                channel: 7,
                message: 8,
            }),
            ..Context::default()
        },
        ..request(action)
    }
}

fn entered(title: &str, content: &str) -> FormValues {
    FormValues::default()
        .with("title", FormValue::Text(title.to_owned()))
        .with("content", FormValue::Text(content.to_owned()))
}

#[test]
fn a_form_of_a_message_keeps_where_the_message_is() {
    let engine = engine();
    let action = command(
        "Add to articles",
        text(MESSAGE, "# Rink\nOpens at nine.\n\n- daily"),
    );
    let Reply::Form(form) = respond(&engine, &managed(action)).reply else {
        panic!("a form");
    };
    let inputs: Vec<&FormInput> = form.fields().iter().map(FormField::input).collect();
    let [
        FormInput::Text { value: title, .. },
        FormInput::Text { value: content, .. },
    ] = inputs[..]
    else {
        panic!("{inputs:?}");
    };
    assert_eq!(title, "Rink");
    assert_eq!(content, "# Rink\nOpens at nine.\n\n- daily");
    let sent = Action::Form {
        custom_id: form.id().to_string(),
        values: entered("The  rink", " Opens at nine.\r\n\r\n- daily "),
    };
    let reply = respond(&engine, &managed(sent.clone())).reply;
    let Reply::Perform(Effect::Prepare(Addition::Written(draft))) = reply else {
        panic!("an article to add");
    };
    assert_eq!(draft.path, "the-rink.md");
    assert_eq!(draft.content, "# The rink\n\nOpens at nine.\n\n- daily\n");
    assert_eq!(draft.origin, managed(sent.clone()).context.target);
    let refused = respond(&engine, &request(sent)).outcome;
    assert_eq!(refused, RequestOutcome::Refused(Refusal::NotManager));
    for values in [
        entered(" ", "x"),
        entered("x", "\n"),
        entered(&"x".repeat(101), "x"),
    ] {
        let custom_id = "write:-".to_owned();
        let action = Action::Form { custom_id, values };
        let outcome = respond(&engine, &managed(action)).outcome;
        assert_eq!(outcome, RequestOutcome::Refused(Refusal::NothingEntered));
    }
}

#[test]
fn an_article_is_edited_only_if_it_fits_into_the_form() {
    let card = |content: &str| {
        let custom_id = "manage".to_owned();
        let values = vec!["00000000000000ff".to_owned()];
        let source = Source::default();
        let action = Action::Component {
            custom_id,
            values,
            source,
        };
        let request = managed(action);
        let asked = respond(&engine(), &request).reply;
        assert!(
            matches!(asked, Reply::Perform(Effect::ReadArticle { .. })),
            "{asked:?}"
        );
        let read = OwnText {
            path: "rink.md".to_owned(),
            content: content.to_owned(),
            link: None,
            gate: Gate::default(),
            source: None,
        };
        labels(&after(&request, &EffectOutcome::Read(Ok(Some(read)))))
    };
    let all = [
        "Edit",
        "Who may see it",
        "Remove",
        "Articles of this server",
    ];
    assert_eq!(card(&format!("# Rink\n\n{}\n", "x".repeat(4_000))), all);
    assert_eq!(
        card(&format!("# Rink\n\n{}\n", "x".repeat(4_001))),
        all[1..]
    );
    assert_eq!(card("# Another file\n\nText"), all[1..]);
}
