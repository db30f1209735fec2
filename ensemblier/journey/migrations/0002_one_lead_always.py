"""Never no lead: foreign keys that the ORM cannot say, checked at the end of each transaction.

episode (id, closes_at) → lead (episode, until): some lead reaches the end of the episode;
lead (episode, follows) → lead (episode, until): each lead but the opening one begins where another ends;
lead (episode, opens) → episode (id, opened_at): the opening one begins with the episode.
"""

from django.db import migrations

KEYS = """
alter table journey_lead add constraint lead_follows_a_lead foreign key (episode_id, follows)
    references journey_lead (episode_id, until) deferrable initially deferred;
alter table journey_lead add constraint lead_opens_the_episode foreign key (episode_id, opens)
    references journey_episode (id, opened_at) deferrable initially deferred;
alter table journey_episode add constraint episode_led_to_its_end foreign key (id, closes_at)
    references journey_lead (episode_id, until) deferrable initially deferred;
"""

NO_KEYS = """
alter table journey_episode drop constraint episode_led_to_its_end;
alter table journey_lead drop constraint lead_opens_the_episode;
alter table journey_lead drop constraint lead_follows_a_lead;
"""


class Migration(migrations.Migration):
    dependencies = [("journey", "0001_initial")]
    operations = [migrations.RunSQL(KEYS, NO_KEYS)]
