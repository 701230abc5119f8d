CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE lease (
	name VARCHAR NOT NULL,
	holder VARCHAR NOT NULL,
	until DATETIME NOT NULL,
	CONSTRAINT pk_lease PRIMARY KEY (name)
);

CREATE TABLE office (
	id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	kabupaten VARCHAR NOT NULL,
	zone VARCHAR NOT NULL,
	rules JSON NOT NULL, served_at DATETIME, seen_at DATETIME, kept_on DATE,
	CONSTRAINT pk_office PRIMARY KEY (id),
	CONSTRAINT uq_office_name UNIQUE (name)
);

CREATE TABLE officeday (
	office_id INTEGER NOT NULL,
	day DATE NOT NULL,
	note VARCHAR NOT NULL, from_workbook BOOLEAN DEFAULT 1 NOT NULL,
	CONSTRAINT fk_officeday_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT pk_officeday PRIMARY KEY (office_id, day)
);

CREATE TABLE person (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	salutation VARCHAR NOT NULL,
	phone VARCHAR NOT NULL, preferred_channel VARCHAR DEFAULT '' NOT NULL,
	CONSTRAINT fk_person_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT pk_person PRIMARY KEY (id)
);

CREATE TABLE "plan" (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	year INTEGER NOT NULL,
	version INTEGER NOT NULL,
	document VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	source_hash VARCHAR NOT NULL,
	loaded_at DATETIME NOT NULL,
	CONSTRAINT fk_plan_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT pk_plan PRIMARY KEY (id),
	CONSTRAINT uq_plan_office_id UNIQUE (office_id, year, version)
);

CREATE TABLE post (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	title VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	superior_id INTEGER,
	section VARCHAR NOT NULL,
	is_admin BOOLEAN NOT NULL,
	position INTEGER NOT NULL, unit VARCHAR DEFAULT '' NOT NULL, former_titles JSON DEFAULT '[]' NOT NULL, ended DATE,
	CONSTRAINT fk_post_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_post_superior_id_post FOREIGN KEY(superior_id) REFERENCES post (id),
	CONSTRAINT pk_post PRIMARY KEY (id),
	CONSTRAINT uq_post_office_id UNIQUE (office_id, title)
);

CREATE TABLE snapshot (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	period VARCHAR NOT NULL,
	figures JSON NOT NULL,
	hash VARCHAR NOT NULL,
	made_at DATETIME NOT NULL, wanted JSON,
	CONSTRAINT fk_snapshot_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT pk_snapshot PRIMARY KEY (id)
);

CREATE TABLE conversation (
	id INTEGER NOT NULL,
	office_id INTEGER,
	person_id INTEGER,
	dialogue VARCHAR NOT NULL,
	step VARCHAR NOT NULL,
	state JSON,
	wrong_codes INTEGER NOT NULL,
	locked_until DATETIME, shared BOOLEAN DEFAULT 0 NOT NULL, minute_began DATETIME, minute_messages INTEGER DEFAULT '0' NOT NULL,
	CONSTRAINT fk_conversation_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_conversation_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT pk_conversation PRIMARY KEY (id),
	CONSTRAINT uq_conversation_person_id UNIQUE (person_id)
);

CREATE TABLE indicator (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	plan_id INTEGER NOT NULL,
	year INTEGER NOT NULL,
	code VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	name VARCHAR,
	unit VARCHAR,
	level VARCHAR NOT NULL,
	path JSON NOT NULL,
	post_id INTEGER,
	rhythm VARCHAR NOT NULL,
	mode VARCHAR,
	confidence VARCHAR NOT NULL,
	mode_confirmed BOOLEAN NOT NULL,
	year_rule VARCHAR NOT NULL,
	polarity VARCHAR NOT NULL,
	formula VARCHAR NOT NULL,
	annual_target BIGINT,
	low BIGINT,
	high BIGINT,
	budget BIGINT,
	ratio BOOLEAN NOT NULL,
	context BOOLEAN NOT NULL,
	accepted BOOLEAN NOT NULL,
	note VARCHAR NOT NULL,
	place VARCHAR NOT NULL, service BOOLEAN DEFAULT 0 NOT NULL, evidence_kind VARCHAR DEFAULT '' NOT NULL, evidence_minimum INTEGER DEFAULT '0' NOT NULL, stamp VARCHAR DEFAULT '' NOT NULL,
	CONSTRAINT fk_indicator_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_indicator_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id),
	CONSTRAINT fk_indicator_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT pk_indicator PRIMARY KEY (id),
	CONSTRAINT uq_indicator_plan_id UNIQUE (plan_id, code)
);

CREATE TABLE tenure (
	id INTEGER NOT NULL,
	post_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	capacity VARCHAR NOT NULL,
	starts DATE NOT NULL,
	ends DATE,
	CONSTRAINT fk_tenure_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_tenure_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT pk_tenure PRIMARY KEY (id)
);

CREATE TABLE inbox (
	id INTEGER NOT NULL,
	conversation_id INTEGER NOT NULL,
	channel VARCHAR NOT NULL,
	address VARCHAR NOT NULL,
	external_id VARCHAR NOT NULL,
	message_id VARCHAR NOT NULL,
	sequence INTEGER,
	state VARCHAR NOT NULL,
	said JSON,
	media JSON,
	attempts INTEGER NOT NULL,
	received_at DATETIME NOT NULL,
	said_at DATETIME NOT NULL,
	lease_until DATETIME,
	done_at DATETIME,
	CONSTRAINT fk_inbox_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id),
	CONSTRAINT pk_inbox PRIMARY KEY (id),
	CONSTRAINT uq_inbox_channel UNIQUE (channel, external_id)
);

CREATE TABLE outbox (
	id INTEGER NOT NULL,
	office_id INTEGER,
	conversation_id INTEGER NOT NULL,
	person_id INTEGER,
	channel VARCHAR NOT NULL,
	address VARCHAR NOT NULL,
	lane VARCHAR NOT NULL,
	dedup_key VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	message JSON,
	occasion JSON,
	due_at DATETIME NOT NULL,
	said_at DATETIME NOT NULL,
	expires_at DATETIME,
	lease_until DATETIME,
	holder VARCHAR NOT NULL,
	attempts INTEGER NOT NULL,
	provider_id VARCHAR NOT NULL,
	error VARCHAR NOT NULL,
	settled_at DATETIME, opens_at DATETIME, counted_as VARCHAR DEFAULT '' NOT NULL, template VARCHAR DEFAULT '' NOT NULL, fate VARCHAR DEFAULT '' NOT NULL, fate_at DATETIME,
	CONSTRAINT fk_outbox_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id),
	CONSTRAINT fk_outbox_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_outbox_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT pk_outbox PRIMARY KEY (id),
	CONSTRAINT uq_outbox_dedup_key UNIQUE (dedup_key)
);

CREATE TABLE question (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	indicator_id INTEGER NOT NULL,
	about VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	proposal VARCHAR NOT NULL,
	options JSON NOT NULL,
	place VARCHAR NOT NULL,
	answer VARCHAR,
	answered_at DATETIME,
	answered_by VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	sample BOOLEAN NOT NULL,
	CONSTRAINT fk_question_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id),
	CONSTRAINT fk_question_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT pk_question PRIMARY KEY (id),
	CONSTRAINT uq_question_indicator_id UNIQUE (indicator_id, about)
);

CREATE TABLE target (
	indicator_id INTEGER NOT NULL,
	period VARCHAR NOT NULL,
	value BIGINT NOT NULL,
	CONSTRAINT fk_target_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id),
	CONSTRAINT pk_target PRIMARY KEY (indicator_id, period)
);

CREATE TABLE audit (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	person_id INTEGER,
	post_id INTEGER,
	capacity VARCHAR NOT NULL,
	action VARCHAR NOT NULL,
	subject VARCHAR NOT NULL,
	old VARCHAR NOT NULL,
	new VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	channel VARCHAR NOT NULL,
	inbox_id INTEGER,
	at DATETIME NOT NULL,
	CONSTRAINT fk_audit_inbox_id_inbox FOREIGN KEY(inbox_id) REFERENCES inbox (id),
	CONSTRAINT fk_audit_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_audit_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_audit_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT pk_audit PRIMARY KEY (id)
);

CREATE TABLE report (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	indicator_id INTEGER NOT NULL,
	period VARCHAR NOT NULL,
	revision INTEGER NOT NULL,
	value BIGINT NOT NULL,
	numerator BIGINT,
	denominator BIGINT,
	note VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	confirmed_doubt VARCHAR NOT NULL,
	provisional BOOLEAN NOT NULL,
	post_id INTEGER NOT NULL,
	person_id INTEGER,
	capacity VARCHAR NOT NULL,
	channel VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	inbox_id INTEGER,
	message_id VARCHAR NOT NULL,
	reported_at DATETIME NOT NULL, late BOOLEAN DEFAULT 0 NOT NULL, basis VARCHAR DEFAULT '' NOT NULL, to_date BOOLEAN DEFAULT 0 NOT NULL,
	CONSTRAINT fk_report_inbox_id_inbox FOREIGN KEY(inbox_id) REFERENCES inbox (id),
	CONSTRAINT fk_report_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id),
	CONSTRAINT fk_report_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_report_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_report_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT pk_report PRIMARY KEY (id),
	CONSTRAINT uq_report_indicator_id UNIQUE (indicator_id, period, revision)
);

CREATE TABLE absence (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	starts DATE NOT NULL,
	ends DATE NOT NULL,
	stand_in_id INTEGER,
	withdrawn BOOLEAN NOT NULL,
	entered_at DATETIME NOT NULL,
	CONSTRAINT fk_absence_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_absence_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_absence_stand_in_id_person FOREIGN KEY(stand_in_id) REFERENCES person (id),
	CONSTRAINT pk_absence PRIMARY KEY (id)
);

CREATE TABLE extension (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	post_id INTEGER NOT NULL,
	period VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	wanted DATE NOT NULL,
	asked_on DATE NOT NULL,
	asked_by INTEGER NOT NULL,
	decision VARCHAR NOT NULL,
	decided_on DATE,
	decided_by INTEGER,
	until DATE,
	CONSTRAINT fk_extension_asked_by_person FOREIGN KEY(asked_by) REFERENCES person (id),
	CONSTRAINT fk_extension_decided_by_person FOREIGN KEY(decided_by) REFERENCES person (id),
	CONSTRAINT fk_extension_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_extension_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT pk_extension PRIMARY KEY (id)
);

CREATE TABLE periodturn (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	period VARCHAR NOT NULL,
	locks BOOLEAN NOT NULL,
	keeper VARCHAR NOT NULL,
	person_id INTEGER NOT NULL,
	day DATE NOT NULL,
	reason VARCHAR NOT NULL,
	CONSTRAINT fk_periodturn_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_periodturn_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT pk_periodturn PRIMARY KEY (id)
);

CREATE TABLE review (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	report_id INTEGER NOT NULL,
	verdict VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	person_id INTEGER NOT NULL,
	post_id INTEGER NOT NULL,
	capacity VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT fk_review_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_review_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_review_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT fk_review_report_id_report FOREIGN KEY(report_id) REFERENCES report (id),
	CONSTRAINT pk_review PRIMARY KEY (id)
);

CREATE TABLE renstra (
	indicator_id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	end_target BIGINT,
	end_budget BIGINT,
	early BIGINT,
	target_two_before BIGINT,
	realised_two_before BIGINT,
	target_one_before BIGINT,
	"before" BIGINT,
	spent_before BIGINT,
	CONSTRAINT fk_renstra_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id),
	CONSTRAINT fk_renstra_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT pk_renstra PRIMARY KEY (indicator_id)
);

CREATE TABLE budgetline (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	plan_id INTEGER NOT NULL,
	year INTEGER NOT NULL,
	code VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	level VARCHAR NOT NULL,
	pagu BIGINT,
	pagu_revised BIGINT,
	post_id INTEGER,
	place VARCHAR NOT NULL,
	CONSTRAINT fk_budgetline_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_budgetline_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id),
	CONSTRAINT fk_budgetline_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT pk_budgetline PRIMARY KEY (id),
	CONSTRAINT uq_budgetline_plan_id UNIQUE (plan_id, code)
);

CREATE TABLE budgetreport (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	line_id INTEGER NOT NULL,
	period VARCHAR NOT NULL,
	revision INTEGER NOT NULL,
	spent BIGINT NOT NULL,
	physical BIGINT,
	reason VARCHAR NOT NULL,
	confirmed_doubt VARCHAR NOT NULL,
	post_id INTEGER,
	person_id INTEGER,
	capacity VARCHAR NOT NULL,
	channel VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	inbox_id INTEGER,
	message_id VARCHAR NOT NULL,
	reported_at DATETIME NOT NULL,
	CONSTRAINT fk_budgetreport_inbox_id_inbox FOREIGN KEY(inbox_id) REFERENCES inbox (id),
	CONSTRAINT fk_budgetreport_line_id_budgetline FOREIGN KEY(line_id) REFERENCES budgetline (id),
	CONSTRAINT fk_budgetreport_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_budgetreport_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_budgetreport_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT pk_budgetreport PRIMARY KEY (id),
	CONSTRAINT uq_budgetreport_line_id UNIQUE (line_id, period, revision)
);

CREATE TABLE signer (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	role VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	rank VARCHAR NOT NULL,
	number VARCHAR NOT NULL,
	CONSTRAINT fk_signer_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT pk_signer PRIMARY KEY (id)
);

CREATE TABLE note (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	indicator_id INTEGER NOT NULL,
	text VARCHAR NOT NULL,
	person_id INTEGER NOT NULL,
	post_id INTEGER,
	capacity VARCHAR NOT NULL,
	inbox_id INTEGER,
	at DATETIME NOT NULL,
	CONSTRAINT fk_note_inbox_id_inbox FOREIGN KEY(inbox_id) REFERENCES inbox (id),
	CONSTRAINT fk_note_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id),
	CONSTRAINT fk_note_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_note_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_note_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT pk_note PRIMARY KEY (id)
);

CREATE TABLE job (
	id INTEGER NOT NULL,
	conversation_id INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	details JSON NOT NULL,
	state VARCHAR NOT NULL,
	holder VARCHAR NOT NULL,
	attempts INTEGER NOT NULL,
	lease_until DATETIME,
	said_at DATETIME NOT NULL,
	done_at DATETIME,
	CONSTRAINT fk_job_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id),
	CONSTRAINT pk_job PRIMARY KEY (id)
);

CREATE TABLE numberchange (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	channel VARCHAR NOT NULL,
	address VARCHAR NOT NULL,
	phone VARCHAR NOT NULL,
	asked_at DATETIME NOT NULL,
	decision VARCHAR NOT NULL,
	decided_at DATETIME,
	decided_by INTEGER,
	CONSTRAINT fk_numberchange_decided_by_person FOREIGN KEY(decided_by) REFERENCES person (id),
	CONSTRAINT fk_numberchange_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_numberchange_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT pk_numberchange PRIMARY KEY (id)
);

CREATE TABLE template (
	id INTEGER NOT NULL,
	channel VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	status VARCHAR NOT NULL,
	checked_at DATETIME NOT NULL,
	CONSTRAINT pk_template PRIMARY KEY (id),
	CONSTRAINT uq_template_channel UNIQUE (channel, name)
);

CREATE TABLE auditseal (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	audit_id INTEGER NOT NULL,
	seal VARCHAR NOT NULL,
	sealed_at DATETIME NOT NULL,
	CONSTRAINT fk_auditseal_audit_id_audit FOREIGN KEY(audit_id) REFERENCES audit (id),
	CONSTRAINT fk_auditseal_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT pk_auditseal PRIMARY KEY (id),
	CONSTRAINT uq_auditseal_audit_id UNIQUE (audit_id),
	CONSTRAINT uq_auditseal_office_id UNIQUE (office_id, number)
);

CREATE TABLE "evidence" (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	indicator_id INTEGER NOT NULL,
	period VARCHAR NOT NULL,
	hash VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	size INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	caption VARCHAR NOT NULL,
	person_id INTEGER NOT NULL,
	received_at DATETIME NOT NULL,
	mime VARCHAR DEFAULT '' NOT NULL,
	shown VARCHAR DEFAULT '' NOT NULL,
	fingerprint VARCHAR DEFAULT '' NOT NULL,
	address VARCHAR DEFAULT '' NOT NULL,
	album VARCHAR DEFAULT '' NOT NULL,
	inbox_id INTEGER,
	removed_at DATETIME,
	removed_by INTEGER,
	CONSTRAINT fk_evidence_inbox_id_inbox FOREIGN KEY(inbox_id) REFERENCES inbox (id),
	CONSTRAINT fk_evidence_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id),
	CONSTRAINT fk_evidence_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_evidence_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_evidence_removed_by_person FOREIGN KEY(removed_by) REFERENCES person (id),
	CONSTRAINT pk_evidence PRIMARY KEY (id)
);

CREATE TABLE followup (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	indicator_id INTEGER NOT NULL,
	period VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	cause VARCHAR NOT NULL,
	action VARCHAR NOT NULL,
	handler VARCHAR NOT NULL,
	until DATE,
	capaian BIGINT,
	person_id INTEGER NOT NULL,
	post_id INTEGER NOT NULL,
	capacity VARCHAR NOT NULL,
	inbox_id INTEGER,
	at DATETIME NOT NULL,
	CONSTRAINT fk_followup_inbox_id_inbox FOREIGN KEY(inbox_id) REFERENCES inbox (id),
	CONSTRAINT fk_followup_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id),
	CONSTRAINT fk_followup_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_followup_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_followup_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT pk_followup PRIMARY KEY (id)
);

CREATE TABLE followupend (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	followup_id INTEGER NOT NULL,
	word VARCHAR NOT NULL,
	evidence_id INTEGER,
	person_id INTEGER NOT NULL,
	post_id INTEGER,
	capacity VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT fk_followupend_evidence_id_evidence FOREIGN KEY(evidence_id) REFERENCES evidence (id),
	CONSTRAINT fk_followupend_followup_id_followup FOREIGN KEY(followup_id) REFERENCES followup (id),
	CONSTRAINT fk_followupend_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_followupend_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_followupend_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT pk_followupend PRIMARY KEY (id),
	CONSTRAINT uq_followupend_followup_id UNIQUE (followup_id)
);

CREATE TABLE correctionrequest (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	indicator_id INTEGER NOT NULL,
	period VARCHAR NOT NULL,
	report_id INTEGER NOT NULL,
	value BIGINT NOT NULL,
	numerator BIGINT,
	denominator BIGINT,
	note VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	confirmed_doubt VARCHAR NOT NULL,
	person_id INTEGER NOT NULL,
	post_id INTEGER NOT NULL,
	capacity VARCHAR NOT NULL,
	channel VARCHAR NOT NULL,
	inbox_id INTEGER,
	message_id VARCHAR NOT NULL,
	asked_at DATETIME NOT NULL,
	decision VARCHAR NOT NULL,
	decided_by INTEGER,
	decided_as INTEGER,
	decision_reason VARCHAR NOT NULL,
	decided_at DATETIME,
	CONSTRAINT fk_correctionrequest_decided_as_post FOREIGN KEY(decided_as) REFERENCES post (id),
	CONSTRAINT fk_correctionrequest_decided_by_person FOREIGN KEY(decided_by) REFERENCES person (id),
	CONSTRAINT fk_correctionrequest_inbox_id_inbox FOREIGN KEY(inbox_id) REFERENCES inbox (id),
	CONSTRAINT fk_correctionrequest_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id),
	CONSTRAINT fk_correctionrequest_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_correctionrequest_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_correctionrequest_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT fk_correctionrequest_report_id_report FOREIGN KEY(report_id) REFERENCES report (id),
	CONSTRAINT pk_correctionrequest PRIMARY KEY (id)
);

CREATE TABLE erasurerequest (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	asked_at DATETIME NOT NULL,
	decision VARCHAR NOT NULL,
	decided_by INTEGER,
	decided_at DATETIME,
	CONSTRAINT fk_erasurerequest_decided_by_person FOREIGN KEY(decided_by) REFERENCES person (id),
	CONSTRAINT fk_erasurerequest_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_erasurerequest_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT pk_erasurerequest PRIMARY KEY (id)
);

CREATE TABLE behalf (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	post_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	holder_id INTEGER,
	basis VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	confirmed_by INTEGER,
	confirmed_at DATETIME,
	CONSTRAINT fk_behalf_confirmed_by_person FOREIGN KEY(confirmed_by) REFERENCES person (id),
	CONSTRAINT fk_behalf_holder_id_person FOREIGN KEY(holder_id) REFERENCES person (id),
	CONSTRAINT fk_behalf_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_behalf_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_behalf_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT pk_behalf PRIMARY KEY (id)
);

CREATE TABLE behalffigure (
	report_id INTEGER NOT NULL,
	behalf_id INTEGER NOT NULL,
	CONSTRAINT fk_behalffigure_behalf_id_behalf FOREIGN KEY(behalf_id) REFERENCES behalf (id),
	CONSTRAINT fk_behalffigure_report_id_report FOREIGN KEY(report_id) REFERENCES report (id),
	CONSTRAINT pk_behalffigure PRIMARY KEY (report_id)
);

CREATE TABLE openingasked (
	post_id INTEGER NOT NULL,
	begins VARCHAR NOT NULL,
	office_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT fk_openingasked_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_openingasked_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_openingasked_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT pk_openingasked PRIMARY KEY (post_id, begins)
);

CREATE TABLE planupload (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	hash VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	sent_at DATETIME NOT NULL,
	state VARCHAR NOT NULL,
	reading JSON,
	answers JSON NOT NULL,
	reason VARCHAR NOT NULL,
	document VARCHAR NOT NULL,
	plan_id INTEGER,
	decided_by INTEGER,
	decided_at DATETIME,
	CONSTRAINT fk_planupload_decided_by_person FOREIGN KEY(decided_by) REFERENCES person (id),
	CONSTRAINT fk_planupload_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_planupload_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_planupload_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id),
	CONSTRAINT pk_planupload PRIMARY KEY (id)
);

CREATE TABLE "account" (
	id INTEGER NOT NULL,
	channel VARCHAR NOT NULL,
	address VARCHAR NOT NULL,
	conversation_id INTEGER NOT NULL,
	person_id INTEGER,
	reachable BOOLEAN NOT NULL,
	joined_at DATETIME,
	last_inbound_at DATETIME,
	window_closed_at DATETIME,
	chosen BOOLEAN DEFAULT 1 NOT NULL,
	CONSTRAINT fk_account_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id),
	CONSTRAINT fk_account_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT pk_account PRIMARY KEY (id),
	CONSTRAINT uq_account_channel UNIQUE (channel, address, conversation_id)
);

CREATE TABLE overseer (
	id INTEGER NOT NULL,
	kabupaten VARCHAR NOT NULL,
	code_hash VARCHAR NOT NULL,
	made_at DATETIME NOT NULL,
	expires_at DATETIME NOT NULL,
	joined_at DATETIME,
	ended_at DATETIME,
	conversation_id INTEGER,
	CONSTRAINT fk_overseer_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id),
	CONSTRAINT pk_overseer PRIMARY KEY (id),
	CONSTRAINT uq_overseer_code_hash UNIQUE (code_hash),
	CONSTRAINT uq_overseer_conversation_id UNIQUE (conversation_id)
);

CREATE TABLE officegroup (
	id INTEGER NOT NULL,
	conversation_id INTEGER NOT NULL,
	title VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	office_id INTEGER,
	asked_by INTEGER,
	decided_by INTEGER,
	changed_at DATETIME NOT NULL,
	answered_on DATE,
	CONSTRAINT fk_officegroup_asked_by_person FOREIGN KEY(asked_by) REFERENCES person (id),
	CONSTRAINT fk_officegroup_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id),
	CONSTRAINT fk_officegroup_decided_by_person FOREIGN KEY(decided_by) REFERENCES person (id),
	CONSTRAINT fk_officegroup_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT pk_officegroup PRIMARY KEY (id),
	CONSTRAINT uq_officegroup_conversation_id UNIQUE (conversation_id)
);

CREATE TABLE door (
	id INTEGER NOT NULL,
	channel VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	CONSTRAINT pk_door PRIMARY KEY (id),
	CONSTRAINT uq_door_channel UNIQUE (channel)
);

CREATE TABLE "invite" (
	id INTEGER NOT NULL,
	office_id INTEGER NOT NULL,
	post_id INTEGER NOT NULL,
	code_hash VARCHAR NOT NULL,
	made_at DATETIME NOT NULL,
	expires_at DATETIME NOT NULL,
	used_at DATETIME,
	used_by INTEGER,
	revoked_at DATETIME,
	person_id INTEGER,
	CONSTRAINT fk_invite_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_invite_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_invite_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT fk_invite_used_by_person FOREIGN KEY(used_by) REFERENCES person (id),
	CONSTRAINT pk_invite PRIMARY KEY (id),
	CONSTRAINT uq_invite_code_hash UNIQUE (code_hash)
);

CREATE TABLE "achievement" (
	indicator_id INTEGER NOT NULL,
	period VARCHAR NOT NULL,
	office_id INTEGER NOT NULL,
	target BIGINT,
	realisation BIGINT,
	target_to_date BIGINT,
	realisation_to_date BIGINT,
	capaian BIGINT,
	capaian_to_date BIGINT,
	missing_before INTEGER NOT NULL,
	due BOOLEAN NOT NULL,
	reported BOOLEAN NOT NULL,
	sample BOOLEAN NOT NULL,
	unknown_before BOOLEAN DEFAULT 0 NOT NULL,
	post_id INTEGER,
	judged_every INTEGER DEFAULT '0' NOT NULL,
	service BOOLEAN DEFAULT 0 NOT NULL,
	asked BOOLEAN DEFAULT 0 NOT NULL,
	sampled BOOLEAN DEFAULT 0 NOT NULL,
	progress BOOLEAN DEFAULT 0 NOT NULL,
	standing VARCHAR DEFAULT '' NOT NULL,
	standing_to_date VARCHAR DEFAULT '' NOT NULL,
	CONSTRAINT fk_achievement_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id),
	CONSTRAINT fk_achievement_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_achievement_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT pk_achievement PRIMARY KEY (indicator_id, period)
);

CREATE TABLE rollup (
	office_id INTEGER NOT NULL,
	period VARCHAR NOT NULL,
	post_id INTEGER NOT NULL,
	judged_every INTEGER NOT NULL,
	duties BIGINT NOT NULL,
	services BIGINT NOT NULL,
	asked BIGINT NOT NULL,
	asked_services BIGINT NOT NULL,
	reported BIGINT NOT NULL,
	verified BIGINT NOT NULL,
	approved BIGINT NOT NULL,
	sampled BIGINT NOT NULL,
	judged BIGINT NOT NULL,
	missing BIGINT NOT NULL,
	counted BIGINT NOT NULL,
	at_100 BIGINT NOT NULL,
	at_110 BIGINT NOT NULL,
	at_120 BIGINT NOT NULL,
	whole BIGINT NOT NULL,
	rest BIGINT NOT NULL,
	quoted BIGINT NOT NULL,
	quoted_services BIGINT NOT NULL,
	judged_to_date BIGINT NOT NULL,
	missing_to_date BIGINT NOT NULL,
	counted_to_date BIGINT NOT NULL,
	verified_to_date BIGINT NOT NULL,
	weighed BIGINT NOT NULL,
	unverified BIGINT NOT NULL,
	progress BIGINT NOT NULL,
	sampled_to_date BIGINT NOT NULL,
	at_100_to_date BIGINT NOT NULL,
	at_110_to_date BIGINT NOT NULL,
	at_120_to_date BIGINT NOT NULL,
	whole_to_date BIGINT NOT NULL,
	rest_to_date BIGINT NOT NULL,
	CONSTRAINT fk_rollup_office_id_office FOREIGN KEY(office_id) REFERENCES office (id),
	CONSTRAINT fk_rollup_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT pk_rollup PRIMARY KEY (office_id, period, post_id, judged_every)
);

CREATE TABLE upkeep (
	name VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	done_at DATETIME,
	bytes BIGINT NOT NULL,
	trouble VARCHAR NOT NULL,
	CONSTRAINT pk_upkeep PRIMARY KEY (name)
);

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is only added to'); END;

CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE (id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'audit is only added to'); END;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is only added to'); END;

CREATE TRIGGER auditseal_no_delete BEFORE DELETE ON auditseal BEGIN SELECT RAISE(ABORT, 'auditseal is only added to'); END;

CREATE TRIGGER auditseal_no_replace BEFORE INSERT ON auditseal WHEN EXISTS (SELECT 1 FROM auditseal WHERE (id = NEW.id) OR (office_id = NEW.office_id AND number = NEW.number) OR (audit_id = NEW.audit_id)) BEGIN SELECT RAISE(ABORT, 'auditseal is only added to'); END;

CREATE TRIGGER auditseal_no_update BEFORE UPDATE ON auditseal BEGIN SELECT RAISE(ABORT, 'auditseal is only added to'); END;

CREATE TRIGGER budgetreport_no_delete BEFORE DELETE ON budgetreport BEGIN SELECT RAISE(ABORT, 'budgetreport is only added to'); END;

CREATE TRIGGER budgetreport_no_replace BEFORE INSERT ON budgetreport WHEN EXISTS (SELECT 1 FROM budgetreport WHERE (id = NEW.id) OR (line_id = NEW.line_id AND period = NEW.period AND revision = NEW.revision)) BEGIN SELECT RAISE(ABORT, 'budgetreport is only added to'); END;

CREATE TRIGGER budgetreport_no_update BEFORE UPDATE ON budgetreport BEGIN SELECT RAISE(ABORT, 'budgetreport is only added to'); END;

CREATE TRIGGER correctionrequest_no_change BEFORE UPDATE OF office_id, indicator_id, period, report_id, value, numerator, denominator, note, reason, confirmed_doubt, person_id, post_id, capacity, channel, asked_at ON correctionrequest BEGIN SELECT RAISE(ABORT, 'correctionrequest is only added to'); END;

CREATE TRIGGER correctionrequest_no_delete BEFORE DELETE ON correctionrequest BEGIN SELECT RAISE(ABORT, 'correctionrequest is only added to'); END;

CREATE TRIGGER correctionrequest_no_replace BEFORE INSERT ON correctionrequest WHEN EXISTS (SELECT 1 FROM correctionrequest WHERE (id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'correctionrequest is only added to'); END;

CREATE TRIGGER correctionrequest_no_second BEFORE UPDATE ON correctionrequest FOR EACH ROW WHEN (OLD.decision <> '') BEGIN SELECT RAISE(ABORT, 'correctionrequest is only added to'); END;

CREATE TRIGGER followup_no_delete BEFORE DELETE ON followup BEGIN SELECT RAISE(ABORT, 'followup is only added to'); END;

CREATE TRIGGER followup_no_replace BEFORE INSERT ON followup WHEN EXISTS (SELECT 1 FROM followup WHERE (id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'followup is only added to'); END;

CREATE TRIGGER followup_no_update BEFORE UPDATE ON followup BEGIN SELECT RAISE(ABORT, 'followup is only added to'); END;

CREATE TRIGGER followupend_no_delete BEFORE DELETE ON followupend BEGIN SELECT RAISE(ABORT, 'followupend is only added to'); END;

CREATE TRIGGER followupend_no_replace BEFORE INSERT ON followupend WHEN EXISTS (SELECT 1 FROM followupend WHERE (id = NEW.id) OR (followup_id = NEW.followup_id)) BEGIN SELECT RAISE(ABORT, 'followupend is only added to'); END;

CREATE TRIGGER followupend_no_update BEFORE UPDATE ON followupend BEGIN SELECT RAISE(ABORT, 'followupend is only added to'); END;

CREATE INDEX ix_absence_office_id ON absence (office_id);

CREATE INDEX ix_account_conversation_id ON account (conversation_id);

CREATE INDEX ix_account_person_id ON account (person_id);

CREATE INDEX ix_achievement_office_id ON achievement (office_id);

CREATE INDEX ix_audit_office_id ON audit (office_id);

CREATE INDEX ix_audit_subject ON audit (office_id, subject);

CREATE INDEX ix_behalf_office_id ON behalf (office_id);

CREATE INDEX ix_behalffigure_behalf_id ON behalffigure (behalf_id);

CREATE INDEX ix_budgetline_post_id ON budgetline (post_id);

CREATE INDEX ix_budgetline_versions ON budgetline (office_id, year, code);

CREATE INDEX ix_budgetreport_office_id ON budgetreport (office_id);

CREATE INDEX ix_correctionrequest_indicator_id ON correctionrequest (indicator_id);

CREATE INDEX ix_correctionrequest_office_id ON correctionrequest (office_id);

CREATE INDEX ix_erasurerequest_office_id ON erasurerequest (office_id);

CREATE INDEX ix_evidence_album ON evidence (person_id, album);

CREATE INDEX ix_evidence_hash ON evidence (office_id, hash);

CREATE INDEX ix_evidence_indicator_id ON evidence (indicator_id);

CREATE INDEX ix_evidence_office_id ON evidence (office_id);

CREATE INDEX ix_extension_office_id ON extension (office_id);

CREATE INDEX ix_followup_indicator_id ON followup (indicator_id);

CREATE INDEX ix_followup_office_id ON followup (office_id);

CREATE INDEX ix_followup_post_id ON followup (post_id);

CREATE INDEX ix_followupend_office_id ON followupend (office_id);

CREATE INDEX ix_inbox_kept ON inbox (said_at) WHERE said IS NOT NULL;

CREATE INDEX ix_inbox_open ON inbox (conversation_id, id) WHERE state IN ('fetching', 'ready');

CREATE INDEX ix_inbox_received_at ON inbox (received_at);

CREATE INDEX ix_indicator_post_id ON indicator (post_id);

CREATE INDEX ix_indicator_versions ON indicator (office_id, year, code);

CREATE INDEX ix_invite_office_id ON invite (office_id);

CREATE INDEX ix_invite_post_id ON invite (post_id);

CREATE INDEX ix_job_due ON job (id) WHERE state = 'due';

CREATE INDEX ix_note_indicator_id ON note (indicator_id);

CREATE INDEX ix_note_office_id ON note (office_id);

CREATE INDEX ix_numberchange_office_id ON numberchange (office_id);

CREATE INDEX ix_officegroup_office_id ON officegroup (office_id);

CREATE INDEX ix_openingasked_office_id ON openingasked (office_id);

CREATE INDEX ix_outbox_address ON outbox (channel, address, id) WHERE state = 'due';

CREATE INDEX ix_outbox_conversation ON outbox (conversation_id, id);

CREATE INDEX ix_outbox_counted ON outbox (office_id, person_id, counted_as) WHERE counted_as != '';

CREATE INDEX ix_outbox_due ON outbox (lane, due_at, id) WHERE state = 'due';

CREATE INDEX ix_outbox_kept ON outbox (office_id, said_at) WHERE message IS NOT NULL;

CREATE INDEX ix_outbox_office_id ON outbox (office_id);

CREATE INDEX ix_outbox_provider ON outbox (channel, provider_id) WHERE provider_id != '';

CREATE INDEX ix_outbox_to_call ON outbox (office_id, person_id) WHERE state = 'to_call';

CREATE INDEX ix_outbox_waiting ON outbox (office_id, opens_at) WHERE state = 'waiting';

CREATE INDEX ix_periodturn_office_id ON periodturn (office_id);

CREATE INDEX ix_person_office_id ON person (office_id);

CREATE INDEX ix_planupload_office_id ON planupload (office_id);

CREATE INDEX ix_question_office_id ON question (office_id);

CREATE INDEX ix_renstra_office_id ON renstra (office_id);

CREATE INDEX ix_report_office_id ON report (office_id);

CREATE INDEX ix_review_office_id ON review (office_id);

CREATE INDEX ix_review_report_id ON review (report_id);

CREATE INDEX ix_signer_office_id ON signer (office_id);

CREATE INDEX ix_snapshot_office_id ON snapshot (office_id);

CREATE INDEX ix_tenure_person_id ON tenure (person_id);

CREATE INDEX ix_tenure_post_id ON tenure (post_id);

CREATE TRIGGER note_no_delete BEFORE DELETE ON note BEGIN SELECT RAISE(ABORT, 'note is only added to'); END;

CREATE TRIGGER note_no_replace BEFORE INSERT ON note WHEN EXISTS (SELECT 1 FROM note WHERE (id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'note is only added to'); END;

CREATE TRIGGER note_no_update BEFORE UPDATE ON note BEGIN SELECT RAISE(ABORT, 'note is only added to'); END;

CREATE TRIGGER report_no_delete BEFORE DELETE ON report BEGIN SELECT RAISE(ABORT, 'report is only added to'); END;

CREATE TRIGGER report_no_replace BEFORE INSERT ON report WHEN EXISTS (SELECT 1 FROM report WHERE (id = NEW.id) OR (indicator_id = NEW.indicator_id AND period = NEW.period AND revision = NEW.revision)) BEGIN SELECT RAISE(ABORT, 'report is only added to'); END;

CREATE TRIGGER report_no_update BEFORE UPDATE ON report BEGIN SELECT RAISE(ABORT, 'report is only added to'); END;

CREATE TRIGGER review_no_delete BEFORE DELETE ON review BEGIN SELECT RAISE(ABORT, 'review is only added to'); END;

CREATE TRIGGER review_no_replace BEFORE INSERT ON review WHEN EXISTS (SELECT 1 FROM review WHERE (id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'review is only added to'); END;

CREATE TRIGGER review_no_update BEFORE UPDATE ON review BEGIN SELECT RAISE(ABORT, 'review is only added to'); END;

CREATE UNIQUE INDEX uq_account_chosen ON account (channel, address) WHERE chosen;

CREATE UNIQUE INDEX uq_correctionrequest_open ON correctionrequest (report_id) WHERE decision = '';

INSERT INTO alembic_version (version_num) VALUES ('0011')
