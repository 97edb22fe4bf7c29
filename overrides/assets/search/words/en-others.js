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

/** Words that readers use for one another, a line each; what is written with a hyphen is two words. */
export const alike = `
  cancel call-off put-off postpone
  difference differ change alter compare comparison versus vs
  budget spend cost money dollar
  vote election poll ballot
  referendum plebiscite
  kill murder death
  hack access intrude penetrate
  troop force soldier army military
  sign conclude agree
  law act bill legislation
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
`;
