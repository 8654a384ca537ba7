import 'cercle/react';
import type { CercleEventMap } from 'cercle';
import { useState } from 'react';
import { backend, getToken } from './address';

const BOTH = ['board', 'signup'];

export function Intranet() {
  const [community, setCommunity] = useState('atelier');
  const [parts, setParts] = useState(BOTH);
  const [votes, setVotes] = useState(0);
  const voted = ({ detail }: CercleEventMap['cercle-voted']) => setVotes(votes + (detail.on ? 1 : -1));
  return (
    <main>
      <button onClick={() => setCommunity(community === 'atelier' ? 'jardin' : 'atelier')}>Other community</button>
      <button onClick={() => setParts([...parts].reverse())}>Turn round</button>
      <button onClick={() => setParts([])}>Take away</button>
      <button onClick={() => setParts(BOTH)}>Put back</button>
      <output>Votes heard: {votes}</output>
      {parts.map((part) =>
        part === 'board' ? (
          <cercle-board key={part} community={community} backend={backend} getToken={getToken} oncercle-voted={voted} />
        ) : (
          <cercle-signup key={part} community={community} backend={backend} />
        ),
      )}
    </main>
  );
}
