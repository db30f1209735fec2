-- A crowd for bench/journey.py: files kept by so many organisations of so many advisers each, half as many relays,
-- five journal lines a file. Ids follow one another from the first one, so that every row finds its neighbours by arithmetic.
-- What the database keeps by triggers (accesses of the lead) is written here as it would be.
insert into journey_person (id, uid, given_name, family_name, phone, email, preferred_contact, created_at, commune_id,
    organisation_id, availability, born, version)
select n, gen_random_uuid(), (array['Awa','Ilyes','Nour','Jeanne','Malo','Sofia','Tom','Lina'])[1 + n %% 8],
    translate(n::text, '0123456789', 'abcdefghij'), '+336' || lpad(n::text, 8, '0'), '', 'phone', %(now)s::timestamptz - (n %% 900) * interval '1 day', %(commune)s,
    %(first_desk)s + n %% %(desks)s, '', date '1960-01-01' + (n %% 16000)::int, 1
from generate_series(1, %(persons)s) n;

insert into journey_episode (id, uid, request, opened_at, closes_at, person_id, ending, purposes, version)
select n, gen_random_uuid(), 'Je voudrais un métier à l''année, près de chez moi.',
    %(now)s::timestamptz - (n %% 900) * interval '1 day', timestamptz '9999-12-31 00:00+00', n, '', '{}', 1
from generate_series(1, %(persons)s) n;

insert into journey_lead (id, since, until, opens, adviser_id, episode_id, organisation_id)
select n, e.opened_at, e.closes_at, e.opened_at,
    %(first_user)s + (n %% %(desks)s) * %(each)s + (n / %(desks)s) %% %(each)s, n, %(first_desk)s + n %% %(desks)s
from journey_episode e, lateral (select e.id) k(n);

insert into journey_access (reason, categories, since, why, organisation_id, person_id, user_id)
select 'lead', '{}', l.since, '', l.organisation_id, l.episode_id, l.adviser_id from journey_lead l;

insert into journey_statusperiod (uid, valid_from, status, person_id, version, words)
select gen_random_uuid(), date '2026-01-01', 'jobseeker', n, 1, '' from generate_series(1, %(persons)s) n;

insert into journey_need (uid, version, theme, words, is_obstacle, is_sensitive, state, noted_on, person_id)
select gen_random_uuid(), 1, 'transport', 'Sans voiture, le premier bus arrive trop tard.', true, false, 'open', date '2026-10-13', n
from generate_series(1, %(persons)s) n;

insert into journey_planstep (uid, title, kind, detail, doer, partner, due_on, state, word, place, version, person_id)
select gen_random_uuid(), 'Passer deux jours dans un atelier', 'immersion', '', case when n %% 2 = 0 then 'person' else 'adviser' end,
    '', (%(now)s::timestamptz)::date + (n %% 120)::int - 10, 'going_on', '', n / (%(persons)s + 1), 1, 1 + n %% %(persons)s
from generate_series(1, 2 * %(persons)s) n;

insert into journey_consent (id, uid, categories, purpose, given_at, ends_at, text_version, channel, proof,
    is_explicit_on_health, organisation_id, person_id)
select n, gen_random_uuid(), '{project,situation}', 'relay', %(now)s::timestamptz - (n %% 60) * interval '1 day',
    %(now)s::timestamptz - (n %% 60) * interval '1 day' + interval '1 year', 'relay-1-fr-full', 'account', '', false,
    %(first_desk)s + (3 * n + n / 100 + 7) %% %(desks)s, 2 * n - (n / 100) %% 2
from generate_series(1, %(persons)s / 2) n;

insert into journey_relay (id, uid, kind, state, version, categories, envelope, summary, routing, offered, shown, sent,
    choice_channel, choice_proof, due_on, created_at, sent_at, accepted_at, met_at, ended_at, reason, proposal, outcome,
    has_lead_moved, adviser_id, consent_id, episode_id, person_id, recipient_id, source_id, source_adviser_id, attempts,
    is_tripartite, partner, questions, answer_due_on)
select n, gen_random_uuid(), 'referral', s.state, 3, '{project,situation}',
    '{"need": "continuer après un changement", "place": "Gap", "before": "", "channel": "par SMS"}', 'Une synthèse de trois lignes.',
    '{}', array[l.organisation_id, c.organisation_id], 'shown', case when s.was_sent then 'shown' else '' end,
    'account', '', case when s.ended or s.state = 'in_progress' then null else (%(now)s::timestamptz)::date + (n %% 9)::int - 2 end, c.given_at, case when s.was_sent then c.given_at + interval '1 hour' end,
    case when s.accepted then c.given_at + interval '2 hours' end, case when s.met then c.given_at + interval '3 hours' end,
    case when s.ended then c.given_at + interval '4 hours' end,
    case when s.state = 'declined' then 'no_capacity' else '' end, case when s.state = 'declined' then 'none_known' else '' end,
    case when s.state = 'completed' then 'accompanied' else '' end, false,
    case when s.accepted or s.state = 'acknowledged'
        then %(first_user)s + (c.organisation_id - %(first_desk)s) * %(each)s + d.holder end,
    n, l.episode_id, l.episode_id, c.organisation_id, l.organisation_id, l.adviser_id, '{}', false, '', 0,
    case when not s.ended and s.state <> 'in_progress' then (%(now)s::timestamptz)::date + (n %% 9)::int - 2 end
from journey_consent c
join journey_lead l on l.episode_id = c.person_id
cross join lateral (select c.id) k(n)
cross join lateral (select abs(hashint8(k.n) %% 20), abs(hashint8(k.n + 7) %% %(each)s)) d(draw, holder)
cross join lateral (
    select case when d.draw < 12 then 'completed' when d.draw < 14 then 'declined' when d.draw < 16 then 'in_progress'
        when d.draw = 16 then 'accepted' when d.draw = 17 then 'acknowledged' else 'sent' end) w(state)
cross join lateral (
    select w.state, true as was_sent, w.state in ('completed', 'declined') as ended,
        w.state in ('completed', 'in_progress', 'accepted') as accepted, w.state in ('completed', 'in_progress') as met) s
where l.organisation_id <> c.organisation_id;

insert into journey_relaypacket (category, text, data, since_version, fingerprint, relay_id)
select 'situation', 'Entre deux contrats ; une reprise le mois prochain.', '{}', 0, '', r.id from journey_relay r;

insert into journey_relayevent (version, key, move, from_state, to_state, party, actor_label, at, relay_id)
select v, gen_random_uuid(), 'send', 'draft', r.state, 'source', 'Bruno', r.created_at, r.id
from journey_relay r, generate_series(1, 3) v;

insert into journey_journalentry (at, written_at, user_id, organisation_id, person_id, act, subject, is_refused)
select %(now)s::timestamptz - n * interval '2 seconds', %(now)s::timestamptz - n * interval '2 seconds', l.adviser_id, l.organisation_id, l.episode_id,
    'read_file', 'person', false
from generate_series(1, 5 * %(persons)s) n join journey_lead l on l.episode_id = 1 + n %% %(persons)s;
