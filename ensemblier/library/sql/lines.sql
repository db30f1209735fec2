-- What a line of a list shows of these resources, in the order of the columns of the table; never their texts.
select r.id, r.valid_to, r.uid, r.source_updated_on, r.reviewed_on, r.review_every_months, r.is_fictitious,
    r.created_at, r.kind, r.title, r.abstract, r.authors, coalesce(o.name, r.publisher_name), r.series, r.number,
    r.issued_on, r.issued_precision, r.domain, r.audience
from library_resource r left join directory_organisation o on o.id = r.publisher_id
where r.id = any (%(ids)s::bigint[])
