"""The rule of each table and of each column: how long it is kept, and what it holds. Read by `actions/retention.py`.

A table of the journey, of the accounts or of the outbox that is not here, or a column, fails a test: whoever adds one
decides at once how long it lives.
"""

from ensemblier.journey.core.retention import RuleTable, TableRule, Term

TABLES: RuleTable = {
    "kernel_auditrow": TableRule(
        Term.HISTORY, says="actor_label changes", codes="at table verb", keys="id actor_id organisation_id row_id"
    ),
    "kernel_outboxmessage": TableRule(
        Term.MESSAGE,
        says="to subject body attachments last_error",
        codes="kind channel reply_to state created_at due_at until ended_at tries",
        keys="id key subject_uid",
    ),
    "accounts_user": TableRule(
        Term.ACCOUNT, says="email name password", codes="last_login is_active is_demonstration created_at", keys="id"
    ),
    "accounts_membership": TableRule(Term.ACCOUNT, codes="valid_from valid_to role", keys="id user_id organisation_id"),
    "accounts_signinfailure": TableRule(Term.TECHNICAL, codes="kind at", keys="id email_key place_key device_key"),
    "accounts_convention": TableRule(
        Term.ACCOUNT,
        says="signed_by signed_as",
        codes="valid_from valid_to signed_on",
        keys="id uid organisation_id version recorded_by_id",
    ),
    "accounts_totpdevice": TableRule(
        Term.ACCOUNT, says="name secret", codes="last_step created_at last_used_at", keys="id user_id"
    ),
    "accounts_passkey": TableRule(
        Term.ACCOUNT,
        says="name",
        codes="sign_count created_at last_used_at",
        keys="id user_id credential_id public_key",
    ),
    "accounts_recoverycode": TableRule(Term.ACCOUNT, codes="used_at", keys="id user_id code_key"),
    "accounts_knowndevice": TableRule(Term.ACCOUNT, codes="last_seen_at", keys="id user_id device_key"),
    "accounts_useridentity": TableRule(Term.ACCOUNT, says="subject", codes="issuer linked_at", keys="id user_id"),
    "accounts_signedlink": TableRule(
        Term.LINK,
        codes="purpose proof_kind attempts created_at expires_at used_at closed_at",
        keys="id uid subject_uid token_key proof_key",
    ),
    "accounts_personaccount": TableRule(
        Term.ACCOUNT, says="email phone", codes="is_active is_demonstration created_at proved_at", keys="id uid"
    ),
    "accounts_personidentity": TableRule(Term.ACCOUNT, says="subject", codes="issuer linked_at", keys="id account_id"),
    "accounts_session": TableRule(
        Term.TECHNICAL,
        says="session_data device",
        codes="expire_date started_at last_seen_at",
        keys="session_key user_id person_account_id",
    ),
    "accounts_apitoken": TableRule(
        Term.LINK,
        says="name",
        codes="scopes created_at expires_at revoked_at last_used_at",
        keys="id uid organisation_id token_key made_by_id",
    ),
    "accounts_invitation": TableRule(
        Term.LINK,
        says="email name",
        codes="roles created_at expires_at accepted_at cancelled_at",
        keys="id uid organisation_id invited_by_id accepted_by_id",
    ),
    "accounts_memberabsence": TableRule(
        Term.ACCOUNT, codes="first_day last_day", keys="id uid user_id organisation_id substitute_id"
    ),
    "journey_person": TableRule(
        Term.FILE,
        person="pk",
        says="given_name family_name name_key born phone email availability",
        codes="preferred_contact created_at",
        keys="id uid version last_key organisation_id commune_id brought_by_id",
    ),
    "journey_consent": TableRule(
        Term.FILE,
        person="person",
        says="proof",
        codes=("categories purpose given_at ends_at revoked_at text_version channel is_explicit_on_health"),
        keys="id uid person_id organisation_id extends_id",
    ),
    "journey_episode": TableRule(
        Term.FILE,
        person="person",
        says="request",
        codes="opened_at closes_at purposes ending",
        keys="id uid version last_key person_id follows_id",
    ),
    "journey_lead": TableRule(
        Term.FILE,
        person="episode__person",
        codes="since until opens follows",
        keys="id episode_id organisation_id adviser_id relay_id",
    ),
    "journey_episodelevel": TableRule(
        Term.FILE, person="episode__person", codes="level entered_on", keys="id episode_id"
    ),
    "journey_statusperiod": TableRule(
        Term.FILE,
        person="person",
        says="words",
        codes="valid_from valid_to status",
        keys="id uid version last_key person_id",
    ),
    "journey_relay": TableRule(
        Term.FILE,
        person="person",
        says="envelope summary routing choice_proof proposal partner",
        codes=(
            "kind state categories offered shown sent choice_channel due_on answer_due_on "
            "lease_until appointment_at created_at sent_at accepted_at met_at ended_at reason "
            "outcome has_lead_moved questions is_tripartite attempts"
        ),
        keys=(
            "id uid version person_id episode_id source_id source_adviser_id recipient_id "
            "adviser_id consent_id last_key"
        ),
    ),
    "journey_relayevent": TableRule(
        Term.FILE,
        person="relay__person",
        says="actor_label",
        codes="move from_state to_state party at",
        keys="id relay_id version key actor_id organisation_id consent_id",
    ),
    "journey_refusedmove": TableRule(
        Term.TECHNICAL, says="actor_label", codes="move refusal at", keys="id relay_id version actor_id organisation_id"
    ),
    "journey_access": TableRule(
        Term.FILE,
        person="person",
        says="why",
        codes="reason categories since until ended_at",
        keys="id person_id organisation_id user_id relay_id absence",
    ),
    "journey_appointment": TableRule(
        Term.FILE,
        person="person",
        says="place about third_party",
        codes="starts_at ends_at meeting state proposed_by sequence reminded_at",
        keys="id uid person_id organisation_id adviser_id site_id permanence_id version",
    ),
    "journey_calendarfeed": TableRule(
        Term.FILE,
        person="person",
        codes="created_at ended_at",
        keys="id adviser_id organisation_id person_id token_hash",
    ),
    "journey_activity": TableRule(
        Term.FILE,
        person="person",
        says="label",
        codes="status certainty starts_on ends_on is_removed",
        keys="id uid person_id version",
    ),
    "journey_consentreading": TableRule(Term.FILE, person="person", codes="text", keys="id consent_id person_id"),
    "journey_levelonecontact": TableRule(
        Term.DESK,
        person="person",
        says="request given",
        codes="at channel statuses themes answer",
        keys="id uid organisation_id user_id commune_id person_id",
    ),
    "journey_document": TableRule(
        Term.FILE,
        person="person",
        says="name",
        codes="kind media_type size is_sensitive stored_as added_at deleted_at",
        keys="id uid person_id author_id",
    ),
    "journey_shareddocument": TableRule(
        Term.CARRIED, person="person", codes="at", keys="id person_id document_id relay_id"
    ),
    "journey_planstep": TableRule(
        Term.FILE,
        person="person",
        says="title detail partner word place",
        codes="kind doer due_on state done_on",
        keys="id uid person_id after_id version",
    ),
    "journey_planversion": TableRule(
        Term.FILE,
        person="person",
        says="steps",
        codes="number proposed_at",
        keys="id uid person_id text_hash author_id",
    ),
    "journey_trainingproject": TableRule(
        Term.FILE,
        person="person",
        says="title provider",
        codes="starts_on weeks is_given_up",
        keys="id uid person_id step_id version",
    ),
    "journey_costline": TableRule(
        Term.FILE,
        person="person",
        says="label",
        codes="kind cents is_removed",
        keys="id uid person_id training_id version",
    ),
    "journey_fundingline": TableRule(
        Term.FILE,
        person="person",
        says="name note",
        codes="funder state cents ask_by answer_by is_removed",
        keys="id uid person_id training_id version",
    ),
    "journey_groupmember": TableRule(
        Term.FILE,
        person="person",
        says="name",
        codes="role purpose since until is_sensitive",
        keys="id uid version last_key person_id organisation_id user_id",
    ),
    "journey_decision": TableRule(
        Term.FILE,
        person="person",
        says="words",
        codes="decider decided_on at",
        keys="id uid person_id episode_id organisation_id replaces_id author_id",
    ),
    "journey_journalentry": TableRule(
        Term.JOURNAL,
        codes="at written_at act subject is_refused",
        keys="id by_person user_id organisation_id person_id subject_uid",
    ),
    "journey_journalhead": TableRule(Term.JOURNAL, codes="shard position mark"),
    "journey_journallink": TableRule(Term.JOURNAL, codes="shard position digest mark", keys="id entry_id"),
    "journey_personlink": TableRule(
        Term.FILE, person="person", codes="origin linked_at unlinked_at", keys="id uid account_id person_id"
    ),
    "journey_need": TableRule(
        Term.FILE,
        person="person",
        says="words",
        codes="theme is_obstacle is_sensitive state noted_on",
        keys="id uid version last_key person_id",
    ),
    "journey_personquality": TableRule(
        Term.FILE, person="person", codes="quality holds is_sensitive", keys="id uid version last_key person_id"
    ),
    "journey_note": TableRule(
        Term.FILE,
        person="person",
        says="body sealed",
        codes="kind held_on written_at",
        keys="id uid version last_key person_id author_id",
    ),
    "journey_relaypacket": TableRule(
        Term.CARRIED,
        person="relay__person",
        says="text data",
        codes="category since_version fingerprint",
        keys="id relay_id",
    ),
    "journey_relaysequel": TableRule(
        Term.FILE, person="relay__person", says="words", codes="decision at", keys="id relay_id decided_by_id"
    ),
    "journey_relayerrorreport": TableRule(
        Term.FILE, person="relay__person", codes="at", keys="id relay_id reported_by_id organisation_id"
    ),
    "journey_queueentry": TableRule(
        Term.QUEUE,
        person="person",
        says="need phone call_when answer_words",
        codes="open_to origin created_at due_on lease_until answer answered_at",
        keys=(
            "id uid guichet_id organisation_id relay_id person_id commune_id claimed_by_id "
            "claimed_for_id version last_key"
        ),
    ),
    "journey_reading": TableRule(
        Term.FILE, person="person", codes="grid_version read_on", keys="id uid person_id author_id"
    ),
    "journey_readingstep": TableRule(
        Term.FILE, person="person", says="words", codes="axis step is_sensitive", keys="id reading_id person_id"
    ),
    "journey_relaymessage": TableRule(
        Term.FILE,
        person="relay__person",
        says="author_label text",
        codes="kind party is_for_person channel at",
        keys="id uid relay_id author_id organisation_id key",
    ),
    "journey_relayreminder": TableRule(
        Term.FILE, person="relay__person", codes="step is_said at", keys="id relay_id version"
    ),
    "journey_rightsrequest": TableRule(
        Term.FILE,
        person="person",
        says="subject words answer",
        codes="kind asked_at due_on answered_at",
        keys="id uid person_id organisation_id answered_by_id",
    ),
    "journey_paperanswer": TableRule(Term.FILE, person="person", codes="is_hers at", keys="id consent_id person_id"),
    "journey_relayopinion": TableRule(Term.FILE, person="person", codes="found went at", keys="id relay_id person_id"),
    "journey_synthesis": TableRule(
        Term.FILE,
        person="person",
        says="person_name adviser_name organisation_name texts",
        codes="number dated proposed_at",
        keys="id uid person_id author_id organisation_id version text_hash",
    ),
    "journey_signature": TableRule(
        Term.FILE,
        person="person",
        says="name proof",
        codes="party channel at",
        keys="id person_id plan_version_id synthesis_id adviser_id text_hash",
    ),
    "journey_contentchange": TableRule(
        Term.FILE, person="person", says="subject before after", codes="table at", keys="id uid person_id author_id"
    ),
    "journey_rometitle": TableRule(Term.COUNT, says="title", codes="code", keys="title_key"),
    "journey_skill": TableRule(
        Term.FILE,
        person="person",
        says="words",
        codes="origin is_removed",
        keys="id uid version last_key person_id rome_id",
    ),
    "journey_project": TableRule(
        Term.FILE, person="person", says="words", codes="state", keys="id uid version last_key person_id rome_id"
    ),
    "journey_webhooksubscription": TableRule(
        Term.ACCOUNT, says="url", codes="created_at ended_at", keys="id uid organisation_id"
    ),
    "journey_fileterm": TableRule(
        Term.FILE, person="person", codes="archived_at warned_at was_reached", keys="id person_id"
    ),
    "journey_filehold": TableRule(
        Term.FILE, person="person", says="why", codes="reason since until", keys="id person_id organisation_id owner_id"
    ),
    "journey_plannederasure": TableRule(
        Term.FILE,
        person="person",
        says="why",
        codes="asked_at confirmed_at due_at cancelled_at",
        keys="id uid person_id organisation_id asked_by_id confirmed_by_id",
    ),
    "journey_erasure": TableRule(Term.COUNT, codes="at reason", keys="id person_uid organisation_id"),
    "journey_consentproof": TableRule(
        Term.PROOF,
        says="proof",
        codes="categories purpose given_at ends_at revoked_at text_version channel erase_at",
        keys="id consent_uid person_uid organisation_id",
    ),
    "journey_datedcount": TableRule(Term.COUNT, codes="month subject code number", keys="id organisation_id"),
    "journey_indicatortransmission": TableRule(
        Term.COUNT, codes="month version lines sha256 sent_at", keys="id organisation_id"
    ),
    "journey_ownnumber": TableRule(Term.FILE, person="person", says="number", keys="id person_id"),
    "journey_filemerge": TableRule(
        Term.FILE,
        person="kept other",
        codes="state proposed_at decided_at undone_at",
        keys="id uid version last_key kept_id other_id proposed_by_id decided_by_id undone_by_id",
    ),
}
