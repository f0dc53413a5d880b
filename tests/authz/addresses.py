"""The addresses of the house, a line each: its name, who may look, who may act, what it is of.

A route that has no line here fails the proof: nobody adds an address without saying for whom.
"""

# Who: open – strangers too; all – whoever is signed in; readers – all but the two administrators
# of the house; own – the unit's own people; else people by name, or - for nobody.
# granted – the unit's own people, and the unit to which it granted a look (see conftest.settle);
# party – the people of the unit that an agreement names.
# keepers – the unit's own people and the secretariat; proposers – who may correct another's.
# members – all but the two administrators, the analyst and the auditor; insiders – the same, of
# their own alliance's members; judges – the unit's own people, the secretariat and the council.
# Of another unit's address and of an absent one the answer is alike, where ``unit`` stands.
LINES = """
home                         all        -
overview:replay              readers    -
overview:year                members    -
overview:year-document       members    -
accounts:account             all        all
accounts:sign-in             open       open
accounts:sign-out            -          open
accounts:demo                -          -
accounts:alliance            -          all
accounts:revoke-key          -          -
accounts:password            all        all
accounts:renew-factor        all        all
accounts:recovery-codes      -          all
accounts:end-other-sessions  -          all
accounts:end-session         -          -
accounts:code                open       open
accounts:set-up              all        all
accounts:join                -          -
accounts:people              chair,member,institute,bank,secretary,system,security,auditor -
accounts:invite              -          secretary,system
accounts:propose             -          system,security
accounts:propose-factors     -          system,security
accounts:revoke              -          -
accounts:decide              -          -
accounts:unit-leaves         -          secretary,system         unit
accounts:unit-returns        -          secretary,system         unit
accounts:seat                secretary,system,security,auditor  -
accounts:change-seat         -          secretary,system,security
accounts:end-seat            -          secretary,system,security
accounts:propose-renewal     -          system,security
accounts:unlock              -          security
api-1:show_self              all        -
api-1:list_seated_units      chair,member,institute,bank,secretary,system,security,auditor        -
audit:entries                all        -
audit:check                  -          auditor
audit:entries-csv            all        -
access:grants                all        chair,member,institute,bank
access:table                 all        -
access:revoke                -          own              unit
access:state                 -          department,steward,second
access:confirm               -          steward,second,security
access:end                   -          steward,second,security,department
intake:documents             readers    secretary,analyst
intake:statements            readers    -
intake:statements-csv        readers    -
intake:edit                  -          secretary
intake:decide                -          secretary
intake:reading               readers    -
intake:repairs               readers    -
intake:original              readers    -
intake:accept-undoubted      -          secretary
intake:undo                  -          secretary
intake:suggest               -          secretary
intake:second                -          secretary,steward,second
intake:queue                 readers    -
intake:conflicts             readers    -
intake:review-lines          readers    -
registry:organisations       readers    -
registry:organisations-csv   readers    -
registry:row                 readers    -
registry:mine                owners     -
registry:unit                readers    -                unit
registry:workbook            readers    own              unit
registry:bring               own        own              unit
registry:units               readers    secretary
registry:takeaway            own        -                unit
registry:make-link           -          keepers          unit
registry:revoke-link         -          keepers          unit
registry:propose-row         proposers  proposers        unit
registry:propose-correction  proposers  proposers        unit
fill:form                    open       open
fill:workbook                open       open
fill:language                -          open
registry:new-row             own        own              unit
registry:edit-row            own        own              unit
registry:end-row             -          own              unit
registry:decide              -          own              unit
registry:organisation        readers    -
registry:judge               -          secretary
registry:identities          readers    secretary
registry:identity            -          secretary,steward,second
alliance:members             members    -
alliance:owing               secretary  -
alliance:members-book        members    -
alliance:members-sheet       secretary  secretary
alliance:apply               owners     -
alliance:member              insiders   -                unit
alliance:certificate         judges     -                unit
alliance:fee                 -          secretary        unit
alliance:issue               -          secretary        unit
alliance:check               -          secretary        unit
alliance:tier                -          secretary        unit
alliance:delegate            -          keepers          unit
alliance:end-delegate        -          keepers          unit
alliance:application         judges     keepers          unit
alliance:add-paper           -          keepers          unit
alliance:paper               judges     -                unit
alliance:step                -          keepers          unit
alliance:vote-about          -          secretary        unit
alliance:resolutions         members    secretary
alliance:resolution          insiders   -                unit
alliance:ballot              -          chair
alliance:close               -          secretary        unit
alliance:meetings            members    secretary
alliance:meeting             members    -
alliance:calendar            members    -
alliance:presence            -          secretary
alliance:attendance-book     members    -
alliance:attendance          secretary  secretary
alliance:minutes             -          secretary
alliance:book                members    -
alliance:workbook            members    -
alliance:activity            members    -
alliance:posts               members    secretary
alliance:leave-post          -          secretary
alliance:tasks               members    chair,member,institute,bank,secretary
alliance:actions-book        members    -
alliance:close-task          -          member,secretary
alliance:mail-notice         -          secretary
alliance:publish             -          secretary
alliance:sign-in-code        secretary  -
alliance:mail-welcome        -          secretary        unit
alliance:listed              -          keepers          unit
alliance:charters            members    secretary
alliance:charter             members    -
alliance:elections           members    secretary
alliance:election            members    -
alliance:slip                -          chair,member
alliance:close-election      -          secretary
alliance:ideas               members    chair,member,institute,bank,secretary
alliance:back-idea           -          chair,institute,bank
alliance:settle-idea         -          secretary
alliance:outward             secretary  secretary
alliance:close-page          -          secretary
alliance:make-door           -          secretary
alliance:close-door          -          secretary
alliance:hand-on             -          secretary
alliance:remind              -          secretary
public:page                  open       -
public:apply                 open       open
public:sign-in               open       open
contracts:ledger             readers    -
contracts:agreement          granted    -                unit
contracts:naming             party      party            unit
contracts:signings           readers    -
contracts:sourcing           readers    -
contracts:links              readers    -
contracts:apart              -          own              unit
contracts:needs              readers    -
contracts:offer              -          own              unit
contracts:order              -          own              unit
chain:map                    readers    -
chain:coverage-csv           readers    -
chain:product                readers    -
analysis:index               readers    -
analysis:question            readers    -
analysis:risk                readers    -
analysis:what-if             readers    -
analysis:drill               readers    -
analysis:drill-plan          readers    -
analysis:keep-drill          -          chair,member,bank
analysis:kept-drill          own        -                unit
analysis:notify              -          own              unit
analysis:end-drill           -          own              unit
analysis:notice              party      party            unit
advice:items                 readers    -
advice:brief                 secretary,department,analyst   -
advice:gaps                  readers    -
advice:gap                   readers    -
advice:give                  -          secretary,department
advice:decide                -          department
advice:history               readers    -
advice:record                secretary,department           -
advice:record-brief          secretary,department           -
advice:choose                -          department
advice:publish               -          department
advice:take-back             -          department
language                     -          open
theme                        -          open
api-1:openapi-json           open       -
api-1:openapi-view           all        -
api-1:api-root               -          -
api-1:list_audit_entries     all        -
api-1:check_audit_log        auditor    -
api-1:read_text              -          secretary,analyst
api-1:read_file              -          secretary,analyst
api-1:list_documents         readers    -
api-1:get_document           readers    -
api-1:list_statements        readers    -
api-1:decide_statement       -          secretary
api-1:list_organisations     readers    -
api-1:get_organisation       readers    -
api-1:get_overview           readers    -
api-1:list_units             readers    -
api-1:list_unit_forms        all        -
api-1:get_unit               readers    -                unit
api-1:end_unit_row           -          own              unit
api-1:put_profile_rows       -          own              unit
api-1:put_honours_rows       -          own              unit
api-1:put_sites_rows         -          own              unit
api-1:put_contacts_rows      -          own              unit
api-1:put_offerings_rows     -          own              unit
api-1:put_capacities_rows    -          own              unit
api-1:put_capacity_plans_rows -         own              unit
api-1:put_offering_prices_rows -        own              unit
api-1:put_contracts_rows     -          own              unit
api-1:put_deliveries_rows    -          own              unit
api-1:put_payments_rows      -          own              unit
api-1:put_critical_inputs_rows -        own              unit
api-1:put_needs_rows         -          own              unit
api-1:list_needs             readers    -
api-1:offer_for_need         -          own              unit
api-1:order_for_need         -          own              unit
api-1:list_agreements        readers    -
api-1:list_namings           readers    -
api-1:answer_naming          -          party            unit
api-1:list_signings          readers    -
api-1:get_sourcing           chair,member,institute,bank -
api-1:list_links             readers    -
api-1:list_grants            all        chair,member,institute,bank
api-1:give_grant             all          chair,member,institute,bank
api-1:revoke_grant           -          own              unit
api-1:list_members           members    -
api-1:get_member             insiders   -                unit
api-1:list_resolutions       members    secretary
api-1:open_vote              members    secretary
api-1:list_meetings          members    secretary
api-1:call_meeting           members    secretary
api-1:list_posts             members    secretary
api-1:fill_post              members    secretary
api-1:leave_post             -          secretary
api-1:list_charters          members    secretary
api-1:adopt_charter          members    secretary
api-1:get_charter            members    -
api-1:list_elections         members    secretary
api-1:open_election          members    secretary
api-1:close_election         -          secretary
api-1:get_election           members    -
api-1:get_resolution         insiders   -                unit
api-1:close_vote             -          secretary        unit
api-1:get_activity           members    -
api-1:get_meeting            members    -
api-1:get_calendar           members    -
api-1:keep_minutes           -          secretary
api-1:publish_meeting        -          secretary
api-1:note_presence          -          secretary
api-1:get_action_list        members    -
api-1:get_member_list        members    secretary
api-1:bring_member_list      members    secretary
api-1:get_attendance_sheet   members    secretary
api-1:bring_attendance_sheet members    secretary
api-1:sign_in_to_meeting     -          chair,member,institute,bank
api-1:list_ideas             members    chair,member,institute,bank,secretary
api-1:put_idea               members    chair,member,institute,bank,secretary
api-1:back_idea              -          chair,institute,bank
api-1:settle_idea            -          secretary
api-1:list_actions           members    chair,member,institute,bank,secretary
api-1:set_action             members    chair,member,institute,bank,secretary
api-1:close_action           -          member,secretary
api-1:hand_on_action         -          secretary
api-1:list_owing             secretary  -
api-1:list_official_advice   members    -
api-1:list_applications      chair,secretary  -
api-1:get_application        judges     keepers          unit
api-1:hand_in_application    judges     keepers          unit
api-1:take_step              -          keepers          unit
api-1:note_fee               -          secretary        unit
api-1:get_certificate        judges     secretary        unit
api-1:issue_certificate      judges     secretary        unit
api-1:note_yearly_check      -          secretary        unit
api-1:set_tier               -          secretary        unit
api-1:list_delegates         insiders   keepers          unit
api-1:add_delegate           insiders   keepers          unit
api-1:end_delegate           -          keepers          unit
api-1:get_contact_book       members    -
api-1:get_chain              readers    -
api-1:get_coverage           readers    -
api-1:get_product            readers    -
api-1:list_questions         all        -
api-1:answer_question        readers    -
api-1:get_risk               readers    -
api-1:compare_chains         readers    -
api-1:get_drill              readers    -
api-1:list_drills            readers    chair,member,bank
api-1:keep_drill             readers    chair,member,bank
api-1:list_notices           own        own              unit
api-1:send_notices           own        own              unit
api-1:list_asked             readers    -
api-1:answer_notice          -          party            unit
api-1:list_advice            readers    -
api-1:list_gaps              readers    -
api-1:get_gap                readers    -
api-1:list_decisions         readers    -
api-1:get_decision           secretary,department           -
api-1:give_advice            -          secretary,department
api-1:decide_gap             -          department
api-1:choose_way             -          department
api-1:publish_decision       -          department
api-1:take_back_decision     -          department
api-1:replay_days            readers    -
api-1:report_year            members    -
"""
