/* What readers say for others in English: loaded where a query asks for it (others.js). */

/** Numbers that may be written in Roman figures, and what stands before those. */
export const numbered = /^(?:art|article|articles|section|chapter|part|annex|title|volume)$/i;

/** Forms of one word that no rule makes of each other, a line each. */
export const same = `
  meet met
  begin began begun
  make made
  hold held
  win won
  lose lost
  leave left
  write wrote written
  give gave given
  speak spoke spoken
  take took taken
  send sent
  build built
`;

const COUNTRIES = [[/ese$/, ""], [/ese$/, "a"], [/an$/, "a"], [/a$/, "ese"], [/a$/, "an"], [/n$/, "nese"]];
/** What a name of a country or a town may be where the people and what is theirs are meant, and the other way. */
export const ofCountries = (word) =>
  (/^\p{Lu}.{4}/u.test(word) ? COUNTRIES.flatMap(([ending, other]) => (ending.test(word) ? [word.replace(ending, other)] : [])) : []);

/** Words that readers use for one another, a line each; what is written with a hyphen is two words. */
export const alike = `
  cancel call-off put-off postpone
  difference differ change alter compare comparison versus vs
  budget spend cost money dollar
  vote election poll ballot race
  referendum plebiscite
  kill murder death
  hack access intrude penetrate
  troop force soldier army military
  sign conclude agree
  law act bill legislation
  document paper
  deal agreement accord pact
  talk negotiation consultation
  meeting summit conference
  begin start launch open
  end finish complete
  establish set-up found create start
  grow increase rise larger expand
  reduce cut decrease lower
  mistake error wrong correction
  disappear gone drop missing withhold
  author writer commentary
  commentary article essay op-ed column
  move leave relocate
  glossary abbreviation dictionary
  source bibliography reference
  people staff personnel member
  join attend take-part
  criticize condemn blame
  ask request demand
  promise pledge commit
  country nation state
  buy purchase
  make produce production
  copyright rights licence license
  missile rocket
  worry concern
  allow permit
  lose defeat
  speak say
  result outcome
  think judge opinion
  island isle
  name call
  base facility installation
  pay fund finance cost expense
  competition rivalry contest
  company firm business enterprise operator
  duty obligation requirement
  ruling award judgment arbitration
  danger threat risk
  weapon arms
  ship vessel warship
  plane aircraft
  nuclear atomic
  spy espionage
  secret classified confidential not-public
  ally partner
  premier prime-minister
  town city municipality
  protest oppose opposition
  build construct construction
  delay late
  help support assist aid
  stop halt suspend
  protect defend
  war conflict fight
  kidnap abduct abduction
  trade commerce tariff
  environment environmental pollution
  exercise drill training
  right true correct
  verify check confirm prove
  quote quotation
  contact e-mail
  download export
  newspaper press media journalist reporter
  strategy policy plan doctrine
  rule norm
  option alternative choice
  police law-enforcement
  hostile enemy
  annual yearly
  chief head leader
  step measure
  goal aim objective purpose
  burden impact
  reuse copy reproduce reprint republish rights
  summary overview gist
  cover apply invoke
  omit leave-out ignore
  rate judge
  shortage lack shortfall
  gdp gross-domestic-product
  online virtual video
  praise welcome applaud
  class lesson lecture teach
`;
